/** The fields of the models of data-models.md; a question mark where the document allows none to be there. */
export const DOCUMENTED_FIELDS = {
  User: `
    id email name password role isActive lastLoginAt? createdAt updatedAt otpCode? otpExpiresAt? otpAttempts
    lastOtpSentAt? isOtpVerified`,
  Client: `
    id clientCode companyName companyNumber? companyType companyStatus? companyStatusDetail? incorporationDate?
    cessationDate? registeredOfficeAddress? sicCodes? jurisdiction? hasBeenLiquidated hasCharges hasInsolvencyHistory
    officers? personsWithSignificantControl? nextAccountsDue? lastAccountsMadeUpTo? nextConfirmationDue?
    lastConfirmationMadeUpTo? nextYearEnd? nextCorporationTaxDue? contactName contactEmail contactPhone? contactFax?
    website? vatNumber? yearEstablished? numberOfEmployees? annualTurnover? paperworkFrequency? assignedUserId?
    ltdCompanyAssignedUserId? nonLtdCompanyAssignedUserId? vatAssignedUserId? chaseTeamUserIds isActive isVatEnabled
    notes? createdAt updatedAt corporationTaxStatus corporationTaxPeriodStart? corporationTaxPeriodEnd?
    manualCTDueOverride? ctDueSource lastCTStatusUpdate? ctStatusUpdatedBy? vatRegistrationDate? vatDeregistrationDate?
    vatFrequency? vatQuarterGroup? vatScheme? natureOfTrade? nationalInsuranceNumber? utrNumber? tradingAddressLine1?
    tradingAddressLine2? tradingAddressCountry? tradingAddressPostCode? residentialAddressLine1?
    residentialAddressLine2? residentialAddressCountry? residentialAddressPostCode? paperWorkReceived
    paperWorkReceivedDate? jobCompleted jobCompletedDate? sa100Filed sa100FiledDate? workStatus?`,
  VATQuarter: `
    id clientId quarterPeriod quarterStartDate quarterEndDate filingDueDate quarterGroup currentStage isCompleted
    assignedUserId? chaseStartedDate? chaseStartedByUserId? chaseStartedByUserName? paperworkReceivedDate?
    paperworkReceivedByUserId? paperworkReceivedByUserName? workStartedDate? workStartedByUserId? workStartedByUserName?
    workFinishedDate? workFinishedByUserId? workFinishedByUserName? sentToClientDate? sentToClientByUserId?
    sentToClientByUserName? clientApprovedDate? clientApprovedByUserId? clientApprovedByUserName? filedToHMRCDate?
    filedToHMRCByUserId? filedToHMRCByUserName? createdAt updatedAt`,
  LtdAccountsWorkflow: `
    id clientId filingPeriodStart filingPeriodEnd accountsDueDate ctDueDate csDueDate currentStage assignedUserId?
    isCompleted chaseStartedDate? chaseStartedByUserId? chaseStartedByUserName? paperworkReceivedDate?
    paperworkReceivedByUserId? paperworkReceivedByUserName? workStartedDate? workStartedByUserId? workStartedByUserName?
    managerDiscussionDate? managerDiscussionByUserId? managerDiscussionByUserName? partnerReviewDate?
    partnerReviewByUserId? partnerReviewByUserName? reviewCompletedDate? reviewCompletedByUserId?
    reviewCompletedByUserName? sentToClientDate? sentToClientByUserId? sentToClientByUserName? clientApprovedDate?
    clientApprovedByUserId? clientApprovedByUserName? partnerApprovedDate? partnerApprovedByUserId?
    partnerApprovedByUserName? filedDate? filedByUserId? filedByUserName? filedToCompaniesHouseDate?
    filedToCompaniesHouseByUserId? filedToCompaniesHouseByUserName? filedToHMRCDate? filedToHMRCByUserId?
    filedToHMRCByUserName? clientSelfFilingDate? clientSelfFilingByUserId? clientSelfFilingByUserName? createdAt
    updatedAt`,
  ActivityLog: `
    id action timestamp userId? clientId? details?`,
  Communication: `
    id type subject content sentAt? scheduledAt? clientId sentByUserId? createdAt updatedAt`,
  EmailLog: `
    id recipientEmail recipientName? subject content emailType status sentAt? deliveredAt? failedAt? failureReason?
    clientId? workflowType? workflowId? triggeredBy fromEmail? fromName? createdAt updatedAt`,
} as const;
