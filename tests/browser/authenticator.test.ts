import { Secret, TOTP } from 'otpauth';
import { PARTNER } from './day';
import { useSite } from './site';

const site = useSite();

/** The dark modules of a QR code by `x,y`, as its path draws them. */
function darkModules(path: string): Set<string> {
  const runs = [...path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g)].map(([, x, y, width]) => [Number(x), Number(y), Number(width)]);
  return new Set(runs.flatMap(([x = 0, y = 0, width = 0]) => Array.from({ length: width }, (_one, at) => `${x + at},${y}`)));
}

it('is added by scanning a code or by typing the key, without JavaScript and on a narrow screen', async () => {
  const partner = await site.signIn(PARTNER, { javaScriptEnabled: false });
  const { page } = partner;
  await page.setViewportSize({ width: 360, height: 800 });
  await partner.open('/profile');
  const form = page.locator('form', { has: page.getByRole('button', { name: 'Change the second factor' }) });
  await form.getByLabel('At each sign-in ask for').selectOption('APP');
  await form.getByLabel('Your password').fill(PARTNER.password);
  await form.getByRole('button').click();

  const code = page.getByRole('img', { name: 'QR code of the key below, for the authenticator app' });
  const box = await code.boundingBox();
  expect(box?.width).toBeGreaterThan(200);
  expect(box?.height).toBeCloseTo(box?.width ?? 0);
  // What every scanner looks for: three corners of rings and one dark module beside the lower left, four light ones around it all.
  const size = Number((await code.getAttribute('viewBox'))?.split(' ')[2]);
  const dark = darkModules((await code.locator('path').getAttribute('d')) ?? '');
  const last = size - 4 - 7;
  for (const [left, top] of [
    [4, 4],
    [last, 4],
    [4, last],
  ] as const) {
    const rows = Array.from({ length: 7 }, (_row, y) =>
      Array.from({ length: 7 }, (_column, x) => (dark.has(`${left + x},${top + y}`) ? '#' : '.')).join(''),
    );
    expect(rows).toEqual(['#######', '#.....#', '#.###.#', '#.###.#', '#.###.#', '#.....#', '#######']);
  }
  expect(dark.has(`12,${size - 12}`)).toBe(true);
  const places = [...dark].flatMap((module) => module.split(',').map(Number));
  expect([Math.min(...places), Math.max(...places)]).toEqual([4, size - 5]);
  expect(await partner.overflow()).toBe(0);

  const secret = (await page.locator('code.secret').textContent())?.replaceAll(' ', '') ?? '';
  expect(await page.getByRole('link', { name: 'Open in the app' }).getAttribute('href')).toContain(`secret=${secret}`);
  const totp = new TOTP({ secret: Secret.fromBase32(secret) });
  const isGiven = (code: string): boolean =>
    [-30_000, 0, 30_000].some((off) => totp.generate({ timestamp: Date.now() + off }) === code);
  await page
    .getByLabel('Code', { exact: true })
    .fill(['000000', '000001', '000002', '000003'].find((code) => !isGiven(code)) ?? '');
  await page.getByRole('button', { name: 'Turn it on' }).click();
  await page.getByText('The code is not right', { exact: false }).first().waitFor();
  expect((await page.locator('code.secret').textContent())?.replaceAll(' ', '')).toBe(secret);
  await code.waitFor();
  await page.getByLabel('Code', { exact: true }).fill(totp.generate());
  await page.getByRole('button', { name: 'Turn it on' }).click();
  await page.getByRole('heading', { level: 1, name: 'Pat Partner' }).waitFor();
  await form.locator('xpath=..').getByText('In force: A code of my authenticator app').waitFor();
  expect(await form.getByLabel('At each sign-in ask for').inputValue()).toBe('APP');
  await partner.leave();
}, 90_000);

it('shows the code by the rules of accessibility and under the Content-Security-Policy', async () => {
  const manager = await site.signIn({
    email: 'morgan.manager@example.com',
    password: 'Colleague-Pass-1',
  });
  const { page } = manager;
  await manager.open('/profile');
  const form = page.locator('form', { has: page.getByRole('button', { name: 'Change the second factor' }) });
  await form.getByLabel('At each sign-in ask for').selectOption('APP');
  await form.getByLabel('Your password').fill('Colleague-Pass-1');
  await form.getByRole('button').click();
  await page.getByRole('img', { name: /^QR code/ }).waitFor();
  expect(await manager.violations()).toEqual([]);
  expect(manager.complaints).toEqual([]);
  await manager.leave();
}, 60_000);
