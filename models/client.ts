import { DataTypes, Model } from 'sequelize';
import type { CreationOptional, InferAttributes, InferCreationAttributes, NonAttribute, Sequelize } from 'sequelize';
import type { IsoDate } from '../domain/calendar/dates';
import {
  COMPANY_TYPES,
  CORPORATION_TAX_DUE_SOURCES,
  CORPORATION_TAX_STATUSES,
  VAT_FREQUENCIES,
  VAT_QUARTER_GROUPS,
} from '../domain/clients/clientFields';
import type {
  CompanyType,
  CorporationTaxDueSource,
  CorporationTaxStatus,
  VatFrequency,
  VatQuarterGroup,
} from '../domain/clients/clientFields';
import type { ActivityLog } from './activityLog';
import {
  calendarDate,
  decimal,
  id,
  instant,
  integer,
  json,
  named,
  off,
  on,
  oneOf,
  requiredOneOf,
  requiredText,
  text,
} from './columns';
import type { Json } from './columns';
import type { Communication } from './communication';
import type { Database } from './database';
import type { EmailLog } from './emailLog';
import type { LtdAccountsWorkflow } from './ltdAccountsWorkflow';
import type { User } from './user';
import type { VATQuarter } from './vatQuarter';

/** A company or person whom the practice files for. */
export class Client extends Model<InferAttributes<Client>, InferCreationAttributes<Client>> {
  declare id: CreationOptional<string>;
  /** NZ-1, NZ-2, …: given out by the database as the row is inserted, once each. */
  declare clientCode: CreationOptional<string>;

  declare companyName: string;
  /** Companies House number. */
  declare companyNumber: string | null;
  declare companyType: CompanyType;
  /** As Companies House says: active, dissolved, … */
  declare companyStatus: string | null;
  declare companyStatusDetail: string | null;
  declare incorporationDate: IsoDate | null;
  declare cessationDate: IsoDate | null;

  declare registeredOfficeAddress: { [line: string]: Json } | null;
  declare sicCodes: string[] | null;
  declare jurisdiction: string | null;
  declare hasBeenLiquidated: CreationOptional<boolean>;
  declare hasCharges: CreationOptional<boolean>;
  declare hasInsolvencyHistory: CreationOptional<boolean>;
  declare officers: Json[] | null;
  declare personsWithSignificantControl: Json[] | null;

  /** From Companies House. */
  declare nextAccountsDue: IsoDate | null;
  declare lastAccountsMadeUpTo: IsoDate | null;
  /** From Companies House. */
  declare nextConfirmationDue: IsoDate | null;
  declare lastConfirmationMadeUpTo: IsoDate | null;
  /** The official year end. */
  declare nextYearEnd: IsoDate | null;
  /** Calculated. */
  declare nextCorporationTaxDue: IsoDate | null;

  declare contactName: string;
  declare contactEmail: string;
  declare contactPhone: string | null;
  declare contactFax: string | null;
  declare website: string | null;

  declare vatNumber: string | null;
  declare yearEstablished: number | null;
  declare numberOfEmployees: number | null;
  /** Pounds as an exact decimal, at most thirteen digits before the point and two behind it. */
  declare annualTurnover: string | null;
  declare paperworkFrequency: string | null;

  /** General assignment. */
  declare assignedUserId: string | null;
  declare ltdCompanyAssignedUserId: string | null;
  declare nonLtdCompanyAssignedUserId: string | null;
  declare vatAssignedUserId: string | null;
  /** Who chases for paperwork beside the assigned people. */
  declare chaseTeamUserIds: CreationOptional<string[]>;

  /** False once archived. */
  declare isActive: CreationOptional<boolean>;
  declare isVatEnabled: CreationOptional<boolean>;
  declare notes: string | null;
  declare createdAt: CreationOptional<Date>;
  declare updatedAt: CreationOptional<Date>;

  declare corporationTaxStatus: CreationOptional<CorporationTaxStatus>;
  declare corporationTaxPeriodStart: IsoDate | null;
  declare corporationTaxPeriodEnd: IsoDate | null;
  /** Wins over the calculated date while ctDueSource is MANUAL. */
  declare manualCTDueOverride: IsoDate | null;
  declare ctDueSource: CreationOptional<CorporationTaxDueSource>;
  declare lastCTStatusUpdate: Date | null;
  declare ctStatusUpdatedBy: string | null;

  declare vatRegistrationDate: IsoDate | null;
  declare vatDeregistrationDate: IsoDate | null;
  declare vatFrequency: VatFrequency | null;
  declare vatQuarterGroup: VatQuarterGroup | null;
  declare vatScheme: string | null;

  declare natureOfTrade: string | null;
  declare nationalInsuranceNumber: string | null;
  declare utrNumber: string | null;
  declare tradingAddressLine1: string | null;
  declare tradingAddressLine2: string | null;
  declare tradingAddressCountry: string | null;
  declare tradingAddressPostCode: string | null;
  declare residentialAddressLine1: string | null;
  declare residentialAddressLine2: string | null;
  declare residentialAddressCountry: string | null;
  declare residentialAddressPostCode: string | null;

  declare paperWorkReceived: CreationOptional<boolean>;
  declare paperWorkReceivedDate: IsoDate | null;
  declare jobCompleted: CreationOptional<boolean>;
  declare jobCompletedDate: IsoDate | null;
  declare sa100Filed: CreationOptional<boolean>;
  declare sa100FiledDate: IsoDate | null;
  declare workStatus: string | null;

  declare assignedUser?: NonAttribute<User | null>;
  declare ltdAssignedUser?: NonAttribute<User | null>;
  declare nonLtdAssignedUser?: NonAttribute<User | null>;
  declare vatAssignedUser?: NonAttribute<User | null>;
  declare vatQuarters?: NonAttribute<VATQuarter[]>;
  declare ltdWorkflows?: NonAttribute<LtdAccountsWorkflow[]>;
  declare activityLogs?: NonAttribute<ActivityLog[]>;
  declare communications?: NonAttribute<Communication[]>;
  declare emailLogs?: NonAttribute<EmailLog[]>;
  // The same under the names that data-models.md gives them in the model.
  declare ltdCompanyAssignedUser?: NonAttribute<User | null>;
  declare nonLtdCompanyAssignedUser?: NonAttribute<User | null>;
  declare vatQuartersWorkflow?: NonAttribute<VATQuarter[]>;
  declare ltdAccountsWorkflows?: NonAttribute<LtdAccountsWorkflow[]>;

  static define(sequelize: Sequelize): typeof Client {
    return class extends Client {}.init(
      {
        id: id(),
        clientCode: text(),
        companyName: requiredText(),
        companyNumber: text(),
        companyType: requiredOneOf(COMPANY_TYPES),
        companyStatus: text(),
        companyStatusDetail: text(),
        incorporationDate: calendarDate(),
        cessationDate: calendarDate(),
        registeredOfficeAddress: json(),
        sicCodes: json(),
        jurisdiction: text(),
        hasBeenLiquidated: off(),
        hasCharges: off(),
        hasInsolvencyHistory: off(),
        officers: json(),
        personsWithSignificantControl: json(),
        nextAccountsDue: calendarDate(),
        lastAccountsMadeUpTo: calendarDate(),
        nextConfirmationDue: calendarDate(),
        lastConfirmationMadeUpTo: calendarDate(),
        nextYearEnd: calendarDate(),
        nextCorporationTaxDue: calendarDate(),
        contactName: requiredText(),
        contactEmail: requiredText(),
        contactPhone: text(),
        contactFax: text(),
        website: text(),
        vatNumber: text(),
        yearEstablished: integer(),
        numberOfEmployees: integer(),
        annualTurnover: decimal(15, 2),
        paperworkFrequency: text(),
        assignedUserId: text(),
        ltdCompanyAssignedUserId: text(),
        nonLtdCompanyAssignedUserId: text(),
        vatAssignedUserId: text(),
        chaseTeamUserIds: { type: DataTypes.ARRAY(DataTypes.TEXT), allowNull: false, defaultValue: [] },
        isActive: on(),
        isVatEnabled: off(),
        notes: text(),
        createdAt: instant(),
        updatedAt: instant(),
        corporationTaxStatus: oneOf(CORPORATION_TAX_STATUSES),
        corporationTaxPeriodStart: calendarDate(),
        corporationTaxPeriodEnd: calendarDate(),
        manualCTDueOverride: named('manual_ct_due_override', calendarDate()),
        ctDueSource: oneOf(CORPORATION_TAX_DUE_SOURCES),
        lastCTStatusUpdate: named('last_ct_status_update', instant()),
        ctStatusUpdatedBy: text(),
        vatRegistrationDate: calendarDate(),
        vatDeregistrationDate: calendarDate(),
        vatFrequency: oneOf(VAT_FREQUENCIES),
        vatQuarterGroup: oneOf(VAT_QUARTER_GROUPS),
        vatScheme: text(),
        natureOfTrade: text(),
        nationalInsuranceNumber: text(),
        utrNumber: text(),
        tradingAddressLine1: text(),
        tradingAddressLine2: text(),
        tradingAddressCountry: text(),
        tradingAddressPostCode: text(),
        residentialAddressLine1: text(),
        residentialAddressLine2: text(),
        residentialAddressCountry: text(),
        residentialAddressPostCode: text(),
        paperWorkReceived: off(),
        paperWorkReceivedDate: calendarDate(),
        jobCompleted: off(),
        jobCompletedDate: calendarDate(),
        sa100Filed: off(),
        sa100FiledDate: calendarDate(),
        workStatus: text(),
      },
      { sequelize, modelName: 'Client', tableName: 'clients', underscored: true },
    );
  }

  static associate(db: Database): void {
    db.Client.belongsTo(db.User, { as: 'assignedUser', foreignKey: 'assignedUserId' });
    db.Client.belongsTo(db.User, { as: 'ltdAssignedUser', foreignKey: 'ltdCompanyAssignedUserId' });
    db.Client.belongsTo(db.User, { as: 'nonLtdAssignedUser', foreignKey: 'nonLtdCompanyAssignedUserId' });
    db.Client.belongsTo(db.User, { as: 'vatAssignedUser', foreignKey: 'vatAssignedUserId' });
    db.Client.hasMany(db.VATQuarter, { as: 'vatQuarters', foreignKey: 'clientId' });
    db.Client.hasMany(db.LtdAccountsWorkflow, { as: 'ltdWorkflows', foreignKey: 'clientId' });
    db.Client.belongsTo(db.User, { as: 'ltdCompanyAssignedUser', foreignKey: 'ltdCompanyAssignedUserId' });
    db.Client.belongsTo(db.User, { as: 'nonLtdCompanyAssignedUser', foreignKey: 'nonLtdCompanyAssignedUserId' });
    db.Client.hasMany(db.VATQuarter, { as: 'vatQuartersWorkflow', foreignKey: 'clientId' });
    db.Client.hasMany(db.LtdAccountsWorkflow, { as: 'ltdAccountsWorkflows', foreignKey: 'clientId' });
    db.Client.hasMany(db.ActivityLog, { as: 'activityLogs', foreignKey: 'clientId' });
    db.Client.hasMany(db.Communication, { as: 'communications', foreignKey: 'clientId' });
    db.Client.hasMany(db.EmailLog, { as: 'emailLogs', foreignKey: 'clientId' });
    db.Client.hasMany(db.ChasePolicy, { as: 'chasePolicies', foreignKey: 'clientId' });
  }
}
