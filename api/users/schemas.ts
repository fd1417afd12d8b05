import { z } from '@hono/zod-openapi';
import { USER_ROLES } from '../../domain/people';
import { LONGEST_PASSWORD_BYTES } from '../../services/sessions/passwords';

/** The document's rule, and what bcrypt can read. */
export const PasswordSchema = z
  .string()
  .min(8, 'Password must be at least 8 characters')
  .regex(/^(?=.*[a-z])(?=.*[A-Z])(?=.*\d)/, 'Password must contain uppercase, lowercase, and number')
  .refine((password) => Buffer.byteLength(password) <= LONGEST_PASSWORD_BYTES, 'Password must be at most 72 bytes');

const NameSchema = z.string().min(2, 'Name must be at least 2 characters').max(50, 'Name too long');
const EmailSchema = z.email('Invalid email format').max(320, 'Email too long').toLowerCase();

export const CreateUserSchema = z
  .strictObject({ name: NameSchema, email: EmailSchema, password: PasswordSchema.optional(), role: z.enum(USER_ROLES) })
  .openapi('CreateUserRequest');

export const UpdateUserSchema = z
  .strictObject({
    name: NameSchema.optional(),
    email: EmailSchema.optional(),
    role: z.enum(USER_ROLES).optional(),
    /** The caller's own, where the e-mail address changes. */
    currentPassword: z.string().max(1000).optional(),
  })
  .openapi('UpdateUserRequest');

export const UserSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    role: z.enum(USER_ROLES),
    isActive: z.boolean(),
    email: z.string().optional(),
    lastLoginAt: z.iso.datetime().nullable().optional(),
    createdAt: z.iso.datetime().optional(),
  })
  .openapi('User');
