import type { JSX } from 'hono/jsx/jsx-runtime';
import type { z } from '@hono/zod-openapi';
import type { ClientWithFilings } from '../../api/clients/routes';
import type { UserSchema } from '../../api/users/schemas';
import type { ClientAssignment } from '../../domain/clients/assignments';
import { isPermitted } from '../../domain/permissions';
import { Checkboxes, Choice } from '../components/fields';
import { Csrf } from '../layout';
import type { PageContext } from '../pages';

type Client = z.infer<typeof ClientWithFilings>;

const ASSIGNMENTS: readonly { assignment: ClientAssignment; label: string; of: (client: Client) => { id: string } | null }[] = [
  { assignment: 'general', label: 'In general', of: (client) => client.assignedUser },
  { assignment: 'vat', label: 'VAT', of: (client) => client.vatAssignedUser },
  { assignment: 'ltd', label: 'Ltd accounts', of: (client) => client.ltdCompanyAssignedUser },
  { assignment: 'nonLtd', label: 'Other work', of: (client) => client.nonLtdCompanyAssignedUser },
];

interface CarersProps {
  client: Client;
  people: readonly z.infer<typeof UserSchema>[];
  context: PageContext;
}

/** Who looks after the client; those who may change it do so here. */
export function Carers({ client, people, context: { me, csrf } }: CarersProps): JSX.Element {
  const path = `/clients/${client.id}`;
  const mayAssign = isPermitted(me.role, 'assign clients');
  const options = people.map(({ id, name }) => ({ value: id, label: name }));
  const nameOf = (id: string | undefined): string => people.find((person) => person.id === id)?.name ?? 'Nobody';
  const given: unknown[] = Array.isArray(client['chaseTeamUserIds']) ? client['chaseTeamUserIds'] : [];
  const team = given.map(String);
  return (
    <section class="card" aria-labelledby="carers">
      <h2 id="carers">Looked after by</h2>
      {ASSIGNMENTS.map(({ assignment, label, of }) =>
        mayAssign ? (
          <form method="post" action={`${path}/assign`} class="carer">
            <Csrf token={csrf} />
            <input type="hidden" name="back" value={path} />
            <input type="hidden" name="assignment" value={assignment} />
            <label for={`assign-${assignment}`}>{label}</label>
            <Choice id={`assign-${assignment}`} name="userId" none="Nobody" options={options} value={of(client)?.id} />
            <button class="small" aria-label={`Assign: ${label}`}>
              Assign
            </button>
          </form>
        ) : (
          <p>
            {label}: {nameOf(of(client)?.id)}
          </p>
        ),
      )}
      {mayAssign ? (
        <details>
          <summary>Chase team ({team.length})</summary>
          <form method="post" action={`${path}/chase-team`}>
            <Csrf token={csrf} />
            <input type="hidden" name="back" value={path} />
            <Checkboxes legend="Chase the records as well" name="userIds" options={options} values={team} />
            <button>Set the chase team</button>
          </form>
        </details>
      ) : (
        <p>Chase team: {team.length === 0 ? 'nobody' : team.map(nameOf).join(', ')}</p>
      )}
    </section>
  );
}
