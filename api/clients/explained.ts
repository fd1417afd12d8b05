import { NotArchivableError } from '../../services/clients/archiveClient';
import { UnknownAssigneeError } from '../../services/clients/assignClient';
import { CompanyNumberTakenError } from '../../services/clients/clients';
import { DeregistrationUnderWayError } from '../../services/clients/vatRegistrationEnds';
import { ApiError, invalidField } from '../errors';

/** Runs a verb about clients; what it refuses is answered with the field that is wrong. */
export async function explained<T>(work: () => Promise<T>, assigneeField = 'userId'): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof CompanyNumberTakenError) {
      throw new ApiError('CONFLICT', error.message, [{ path: 'companyNumber', message: error.message }]);
    }
    if (error instanceof UnknownAssigneeError) throw invalidField(assigneeField, error.message);
    if (error instanceof NotArchivableError || error instanceof DeregistrationUnderWayError)
      throw new ApiError('CONFLICT', error.message);
    throw error;
  }
}
