/** What a variable is replaced by: plain text, a list of things with a line each, or an address to follow. */
export type VariableKind = 'text' | 'list' | 'link';

export interface TemplateVariable {
  kind: VariableKind;
  about: string;
  /** Stands for it in a preview. */
  example: string;
  /** Whether the wording must have it: without it the e-mail would be of no use. */
  isRequired?: true;
}

/** The practice's text of an e-mail: variables as {{name}}, paragraphs with an empty line between them. */
export interface Wording {
  subject: string;
  body: string;
}

export interface EmailTemplate extends Wording {
  about: string;
  variables: Record<string, TemplateVariable>;
}

const COMPANY: TemplateVariable = { kind: 'text', about: 'Name of the client’s company', example: 'Acme Ltd' };
const CONTACT: TemplateVariable = { kind: 'text', about: 'Name of the client’s contact', example: 'Casey Contact' };
const PERSON: TemplateVariable = { kind: 'text', about: 'Name of the person of the practice', example: 'Sam Staff' };
const PRACTICE: TemplateVariable = { kind: 'text', about: 'Name of the practice', example: 'Your practice' };
const FILING: TemplateVariable = { kind: 'text', about: 'Kind of filing and its period', example: 'VAT 2024-Q1' };

const ACCOUNT = { name: PERSON, practiceName: PRACTICE };

/** Every e-mail that the practice sends, with the wording that it has until somebody changes it. */
export const EMAIL_TEMPLATES = {
  'client-reminder': {
    about: 'The client’s one reminder of a day: everything that is awaited from them',
    subject: '{{companyName}}: {{summary}}',
    body: `Dear {{contactName}},

For {{companyName}} we still need something from you:

{{items}}

If you have sent it already, thank you: you need not do anything.

{{practiceName}}`,
    variables: {
      companyName: COMPANY,
      contactName: CONTACT,
      summary: { kind: 'text', about: 'What is awaited, in a few words', example: 'VAT 2024-Q1, due 7 May 2024' },
      items: {
        kind: 'list',
        about: 'What is awaited, a line for each filing',
        example: 'VAT 2024-Q1 (period to 31 Mar 2024, due 7 May 2024): please send us your records',
        isRequired: true,
      },
      practiceName: PRACTICE,
    },
  },
  'approval-request': {
    about: 'Asks the client to approve a filing, with the link to it',
    subject: '{{companyName}}: please approve your {{filing}}',
    body: `Dear {{contactName}},

Your {{filing}} is ready (period to {{periodEnd}}, due {{dueDate}}). Please look at it, and tell us whether you approve it or want something changed:

{{link}}

The link is for you alone and counts until {{validUntil}}. You can answer once.

{{senderName}}
{{practiceName}}`,
    variables: {
      companyName: COMPANY,
      contactName: CONTACT,
      filing: FILING,
      periodEnd: { kind: 'text', about: 'Last day of the period', example: '31 Mar 2024' },
      dueDate: { kind: 'text', about: 'When it must be filed', example: '7 May 2024' },
      validUntil: { kind: 'text', about: 'Last day of the link', example: '1 May 2024' },
      senderName: PERSON,
      link: {
        kind: 'link',
        about: 'The page on which the client answers',
        example: 'https://practice.example.com/approve/…',
        isRequired: true,
      },
      practiceName: PRACTICE,
    },
  },
  communication: {
    about: 'What somebody of the practice wrote to a client, to be sent at a time',
    subject: '{{subject}}',
    body: `{{message}}

{{senderName}}
{{practiceName}}`,
    variables: {
      companyName: COMPANY,
      contactName: CONTACT,
      subject: { kind: 'text', about: 'The subject that was written', example: 'Your records', isRequired: true },
      message: {
        kind: 'text',
        about: 'The message that was written',
        example: 'Dear Casey,\n\nthank you for your records.',
        isRequired: true,
      },
      senderName: PERSON,
      practiceName: PRACTICE,
    },
  },
  notification: {
    about: 'Tells a person of the practice at once what has happened',
    subject: '{{summary}}',
    body: `{{items}}`,
    variables: {
      ...ACCOUNT,
      summary: { kind: 'text', about: 'What has happened, in a few words', example: 'A filing is overdue' },
      items: {
        kind: 'list',
        about: 'What has happened, a line each',
        example: 'Acme Ltd · VAT 2024-Q1: it was due 7 May 2024 and is at In progress',
        isRequired: true,
      },
    },
  },
  assignment: {
    about: 'Tells a person of the practice what is, and what no longer is, assigned to them',
    subject: '{{practiceName}}: {{summary}}',
    body: `Dear {{name}},

{{summary}}:

{{items}}`,
    variables: {
      ...ACCOUNT,
      summary: { kind: 'text', about: 'How much has changed', example: '2 clients are assigned to you' },
      items: { kind: 'list', about: 'What has changed, a line each', example: 'NZ-12 Acme Ltd: VAT', isRequired: true },
    },
  },
  digest: {
    about: 'Tells a person of the practice once a day what has happened',
    subject: '{{practiceName}}: {{summary}}',
    body: `Good morning {{name}},

since your last digest:

{{items}}`,
    variables: {
      ...ACCOUNT,
      summary: { kind: 'text', about: 'How much has happened', example: '3 things for you on 7 May 2024' },
      items: {
        kind: 'list',
        about: 'What has happened, a line each',
        example: 'A filing is overdue. Acme Ltd · VAT 2024-Q1: it was due 7 May 2024',
        isRequired: true,
      },
    },
  },
  'sign-in-code': {
    about: 'The one-time code that finishes a sign-in',
    subject: '{{practiceName}}: your code is {{code}}',
    body: `Dear {{name}},

Your code for signing in is {{code}}. It counts for ten minutes, once.

If you are not signing in now, somebody knows your password: change it.`,
    variables: { ...ACCOUNT, code: { kind: 'text', about: 'The code', example: '012345', isRequired: true } },
  },
  'password-reset': {
    about: 'The link by which a person chooses a new password',
    subject: '{{practiceName}}: choose a new password',
    body: `Dear {{name}},

Choose a new password here, within thirty minutes:

{{link}}

If you did not ask for this, leave it: your password stays as it is.`,
    variables: {
      ...ACCOUNT,
      link: {
        kind: 'link',
        about: 'The page on which to choose it',
        example: 'https://practice.example.com/account/password#…',
        isRequired: true,
      },
    },
  },
  invitation: {
    about: 'The link by which a new person chooses their first password',
    subject: '{{practiceName}}: your account',
    body: `Dear {{name}},

An account was made for you. Choose your password here, within seven days:

{{link}}`,
    variables: {
      ...ACCOUNT,
      link: {
        kind: 'link',
        about: 'The page on which to choose it',
        example: 'https://practice.example.com/account/password#…',
        isRequired: true,
      },
    },
  },
  'account-changed': {
    about: 'Tells the owner of an account, at the address that it had, what was changed about it',
    subject: '{{practiceName}}: your account was changed',
    body: `Dear {{name}},

{{whatChanged}} If you did not expect that, tell a partner at once.`,
    variables: {
      ...ACCOUNT,
      whatChanged: {
        kind: 'text',
        about: 'What was changed, as a sentence',
        example: 'Your account now has another e-mail address.',
        isRequired: true,
      },
    },
  },
} as const satisfies Record<string, EmailTemplate>;

export type EmailTemplateName = keyof typeof EMAIL_TEMPLATES;

export const EMAIL_TEMPLATE_NAMES = Object.keys(EMAIL_TEMPLATES).filter(isTemplateName);

/** Whether there is a template of this name. */
export function isTemplateName(name: string): name is EmailTemplateName {
  return Object.hasOwn(EMAIL_TEMPLATES, name);
}

/** An address in an e-mail, and what its button says. */
export interface Link {
  url: string;
  label: string;
}

/** A line of a list, with an address to follow where there is one. */
export interface ListItem {
  text: string;
  link?: Link;
}

interface ValueOfKind {
  text: string;
  list: readonly ListItem[];
  link: Link;
}

/** What the variables of a template are replaced by; the practice's name is known. */
export type TemplateValues<Name extends EmailTemplateName> = {
  readonly [
    Variable in Exclude<keyof (typeof EMAIL_TEMPLATES)[Name]['variables'], 'practiceName'>
  ]: (typeof EMAIL_TEMPLATES)[Name]['variables'][Variable] extends {
    kind: infer Kind extends VariableKind;
  }
    ? ValueOfKind[Kind]
    : never;
};

export type TemplateValue = ValueOfKind[VariableKind];
