import type { ApiCaller, Reply } from './apiCaller';
import type { ApiServer } from './apiServer';
import { PASSWORD } from './apiServer';

/** What people do who sign in, and what they are mailed for it. */
export class SigningIn {
  constructor(private readonly server: ApiServer) {}

  login(email: string, password = PASSWORD): Promise<Reply> {
    return this.server.stranger().post('/auth/login', { email, password });
  }

  verify(challengeId: string, code: string): Promise<Reply> {
    return this.server.stranger().post('/auth/otp/verify', { challengeId, code });
  }

  /** Signs in with the password, and gives the challenge that asks for the second factor. */
  async challenge(email: string, password = PASSWORD): Promise<string> {
    const { data } = (await this.login(email, password)).body;
    expect(data).toMatchObject({ otpRequired: true, challengeId: expect.any(String) });
    return String(Object(data).challengeId);
  }

  /** Somebody of the staff whose second factor is a mailed code. */
  async withMailedCodes(name: string): Promise<{ id: string; email: string; api: ApiCaller }> {
    const person = await this.server.person('STAFF', name);
    const turned = await person.api.put('/auth/two-factor', { enabled: true, password: PASSWORD });
    expect(turned.body.data).toEqual({ method: 'EMAIL' });
    return person;
  }

  /** The text of the last e-mail to an address. */
  lastMail(email: string): string {
    return this.server.resend.accepted.findLast(({ to }) => String(to) === email)?.text ?? '';
  }

  /** The code in the last e-mail to an address, or nothing. */
  mailedCode(email: string): string {
    return /\b(\d{6})\b/.exec(this.lastMail(email))?.[1] ?? '';
  }

  /** The token of the link in the last e-mail to an address, or nothing. */
  mailedToken(email: string): string {
    return /#(\S+)/.exec(this.lastMail(email))?.[1] ?? '';
  }
}
