/** Where a mailed link leads; its token stands behind the #, so that no server or log sees it before the form is sent. */
export const PASSWORD_PAGE = '/account/password';
