import type { ApiDependencies } from '../api/dependencies';
import type { Api } from '../api/endpoint';
import { FILING_DEFINITIONS } from '../domain/filings/definitions';
import { passwordPages } from './account/passwordPages';
import { profilePages } from './account/profilePages';
import { signInPages } from './account/signInPages';
import { approvalPages } from './approval/approvalPages';
import { assetRoutes } from './assets';
import { operationPages } from './bulkOperations/operationPage';
import { clientForms } from './clients/clientForm';
import { clientListPages } from './clients/clientList';
import { clientPages } from './clients/clientPage';
import { clientPolicyPages } from './clients/clientPolicyPages';
import { compressPages } from './compressPages';
import { communicationPages } from './communications/communicationForms';
import { emailPage } from './clients/emailPage';
import { importPages } from './clients/importPages';
import { bulkPages } from './filings/bulkPages';
import { filingForms } from './filings/filingForms';
import { filingPages } from './filings/filingPage';
import { filingListPage } from './filings/listPage';
import { savedViewForms } from './filings/savedViews';
import { withWaysToPages } from './formPages';
import { homePage } from './home/homePage';
import { notificationPages } from './home/notificationPage';
import { notFoundPage } from './notFoundPage';
import { reportPages } from './reports';
import { searchPage } from './search/searchPage';
import { activityPage } from './settings/activityPage';
import { peoplePages } from './settings/peoplePages';
import type { Web } from './pages';
import { policyPages } from './settings/policyPages';
import { suppressionPage } from './settings/suppressionPage';
import { templatePages } from './settings/templatePages';

/** Adds the pages of staff and clients to the API that they are clients of. */
export function addPages(app: Api, deps: ApiDependencies): void {
  const web = { app, deps };
  app.use(compressPages);
  assetRoutes(app);
  withWaysToPages(app, () => declare(web));
  notFoundPage(web);
}

function declare(web: Web): void {
  const { app, deps } = web;
  signInPages(web);
  passwordPages(web);
  approvalPages(app, deps);
  profilePages(web);
  homePage(web);
  notificationPages(web);
  reportPages(web);
  savedViewForms(web);
  clientListPages(web);
  importPages(web);
  operationPages(web);
  clientForms(web);
  clientPages(web);
  clientPolicyPages(web);
  communicationPages(web);
  emailPage(web);
  searchPage(web);
  policyPages(web);
  templatePages(web);
  suppressionPage(web);
  peoplePages(web);
  activityPage(web);
  for (const definition of Object.values(FILING_DEFINITIONS)) {
    filingListPage(web, definition);
    filingPages(web, definition);
    filingForms(web, definition);
    bulkPages(web, definition);
  }
}
