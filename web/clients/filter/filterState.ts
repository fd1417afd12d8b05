import type { FilterCondition, FilterGroup, GroupOperator } from '../../../domain/clients/advancedFilter';
import { FILTER_OPERATORS, filterFieldOf, isFilterField } from '../../../domain/clients/filterFields';
import { FIRST_OPERATORS, filterValueCount } from '../../../domain/clients/filterWords';

/** A condition as it is being made: any part of it may still be missing. */
export interface ConditionState {
  field: string;
  operator: string;
  values: readonly string[];
  /** The end of a range. */
  value2: string;
}

export interface GroupState {
  operator: GroupOperator;
  conditions: readonly ConditionState[];
}

/** The filter of a page: what its address says, and its form shows. */
export interface FilterState {
  operator: GroupOperator;
  groups: readonly GroupState[];
}

/** The names by which the parts of a filter stand in an address, and in the form that makes one. */
export const FILTER_NAMES = {
  match: 'match',
  groupMatch: (group: number): string => `${group}.match`,
  field: (group: number, condition: number): string => `${group}.${condition}.field`,
  operator: (group: number, condition: number): string => `${group}.${condition}.is`,
  value: (group: number, condition: number): string => `${group}.${condition}.value`,
  value2: (group: number, condition: number): string => `${group}.${condition}.to`,
  /** Names the saved filter that this one was begun from. */
  saved: 'filterId',
  /** Marks what a form sends: its address is written anew. */
  edit: 'edit',
  remove: 'remove',
  addGroup: 'addGroup',
} as const;

const NUMBERED = /^(\d{1,3})\.(?:(\d{1,3})\.(?:field|is|value|to)|match)$/;
/** The entries of a list stand in one text, a line each. */
const LINE = '\n';

/** Whether a name of a query belongs to the filter, and not to the rest of the list. */
export function isFilterName(name: string): boolean {
  const { match, saved, edit, remove, addGroup } = FILTER_NAMES;
  return [match, saved, edit, remove, addGroup].some((own) => own === name) || NUMBERED.test(name);
}

/** Reads the filter that a query holds; what is missing of it is empty. */
export function readFilter(query: URLSearchParams): FilterState {
  const places = new Map<number, Set<number>>();
  for (const name of query.keys()) {
    const [, group, condition] = NUMBERED.exec(name) ?? [];
    if (group === undefined) continue;
    const conditions = places.get(Number(group)) ?? new Set();
    places.set(Number(group), conditions);
    if (condition !== undefined) conditions.add(Number(condition));
  }
  return {
    operator: operatorOf(query.get(FILTER_NAMES.match)),
    groups: inOrder(places.keys()).map((group) => ({
      operator: operatorOf(query.get(FILTER_NAMES.groupMatch(group))),
      conditions: inOrder(places.get(group) ?? []).map((condition) => readCondition(query, group, condition)),
    })),
  };
}

function inOrder(numbers: Iterable<number>): number[] {
  return [...numbers].toSorted((a, b) => a - b);
}

function operatorOf(given: string | null): GroupOperator {
  return given === 'OR' ? 'OR' : 'AND';
}

function readCondition(query: URLSearchParams, group: number, condition: number): ConditionState {
  const text = (name: string): string => query.get(name)?.trim() ?? '';
  return {
    field: text(FILTER_NAMES.field(group, condition)),
    operator: text(FILTER_NAMES.operator(group, condition)),
    values: query
      .getAll(FILTER_NAMES.value(group, condition))
      .flatMap((value) => value.split(LINE))
      .map((value) => value.trim())
      .filter(Boolean),
    value2: text(FILTER_NAMES.value2(group, condition)),
  };
}

/** The filter after what somebody did in its form: conditions added, changed and taken away, groups added. */
export function editedFilter(query: URLSearchParams): FilterState {
  const { operator, groups } = readFilter(query);
  const removed = query.get(FILTER_NAMES.remove);
  const kept = groups.flatMap((group, groupIndex) => {
    const at = String(groupIndex + 1);
    if (removed === at) return [];
    const conditions = group.conditions.filter((_condition, index) => removed !== `${at}.${index + 1}`).map(settled);
    const isEmptied = conditions.length === 0 && removed?.startsWith(`${at}.`);
    return isEmptied ? [] : [{ ...group, conditions }];
  });
  return { operator, groups: query.has(FILTER_NAMES.addGroup) ? [...kept, { operator: 'AND', conditions: [] }] : kept };
}

/** A condition that was just added begins with what is asked most; one whose operator was changed keeps the values that it takes. */
function settled(condition: ConditionState): ConditionState {
  const { field, operator, values } = condition;
  if (operator === '' && isFilterField(field)) {
    const { type } = filterFieldOf(field);
    return { field, operator: FIRST_OPERATORS[type], values: type === 'boolean' ? ['true'] : [], value2: '' };
  }
  const count = valueCountOf(condition);
  return {
    field,
    operator,
    values: count === 'MANY' ? values : count === 'NONE' ? [] : values.slice(0, 1),
    value2: count === 'TWO' ? condition.value2 : '',
  };
}

/** How many values a condition needs; of an operator that there is none of one, so that it is asked for and refused. */
export function valueCountOf({ operator }: Pick<ConditionState, 'operator'>): ReturnType<typeof filterValueCount> {
  const known = FILTER_OPERATORS.find((candidate) => candidate === operator);
  return known === undefined ? 'ONE' : filterValueCount(known);
}

/** The query of a filter: what is usual is left out, each name stands once. */
export function filterQuery({ operator, groups }: FilterState): Record<string, string> {
  const isSpoken = groups.length > 1 || groups.some(({ conditions }) => conditions.length > 0);
  if (!isSpoken) return {};
  const query: Record<string, string> = operator === 'OR' ? { [FILTER_NAMES.match]: 'OR' } : {};
  for (const [groupIndex, group] of groups.entries()) {
    const at = groupIndex + 1;
    if (group.operator === 'OR' || group.conditions.length === 0) query[FILTER_NAMES.groupMatch(at)] = group.operator;
    for (const [index, { field, operator: asked, values, value2 }] of group.conditions.entries()) {
      query[FILTER_NAMES.field(at, index + 1)] = field;
      query[FILTER_NAMES.operator(at, index + 1)] = asked;
      if (values.length > 0) query[FILTER_NAMES.value(at, index + 1)] = values.join(LINE);
      if (value2 !== '') query[FILTER_NAMES.value2(at, index + 1)] = value2;
    }
  }
  return query;
}

/** Whether a condition has all its values; one that has not is not asked for yet. */
export function isComplete(condition: ConditionState): boolean {
  const count = valueCountOf(condition);
  if (count === 'NONE') return true;
  return condition.values.length > 0 && (count !== 'TWO' || condition.value2 !== '');
}

/** What the API is asked. */
export interface AskedFilter {
  filter: { groups: FilterGroup[]; groupOperator: GroupOperator };
  /** Where each of its conditions, like `groups.0.conditions.1`, stands in the form, like `1.2`. */
  places: ReadonlyMap<string, string>;
}

/** The complete conditions as an AdvancedFilter of the API; undefined where there is none. */
export function askedFilter({ operator, groups }: FilterState): AskedFilter | undefined {
  const places = new Map<string, string>();
  const asked: FilterGroup[] = [];
  for (const [groupIndex, group] of groups.entries()) {
    const conditions: FilterCondition[] = [];
    for (const [index, condition] of group.conditions.entries()) {
      if (!isComplete(condition)) continue;
      const place = `${groupIndex + 1}.${index + 1}`;
      places.set(`groups.${asked.length}.conditions.${conditions.length}`, place);
      conditions.push(conditionOf(condition));
    }
    if (conditions.length > 0) asked.push({ operator: group.operator, conditions });
  }
  return asked.length === 0 ? undefined : { filter: { groups: asked, groupOperator: operator }, places };
}

function conditionOf(condition: ConditionState): FilterCondition {
  const { field, operator, values, value2 } = condition;
  const [value] = values;
  switch (valueCountOf(condition)) {
    case 'NONE':
      return { field, operator };
    case 'MANY':
      return { field, operator, value: values };
    case 'TWO':
      return { field, operator, value, value2 };
    default:
      return { field, operator, value };
  }
}

/** A filter of the API as the form shows it. */
export function stateOf({
  groups,
  groupOperator,
}: {
  groups: readonly FilterGroup[];
  groupOperator: GroupOperator;
}): FilterState {
  return {
    operator: groupOperator,
    groups: groups.map(({ operator, conditions }) => ({
      operator,
      conditions: conditions.map(({ field, operator: asked, value, value2 }) => ({
        field,
        ...shownOperator(asked, value),
        value2: value2 === undefined || value2 === null ? '' : String(value2),
      })),
    })),
  };
}

/** Other ways to say the same, which programs may have saved, as the form says it. */
function shownOperator(operator: string, value: FilterCondition['value']): Pick<ConditionState, 'operator' | 'values'> {
  const isNot = operator === 'notEquals';
  const isEqual = operator === 'equals' || isNot;
  if (value === null && isEqual) return { operator: isNot ? 'notEmpty' : 'empty', values: [] };
  if (operator === 'isEmpty') return { operator: 'empty', values: [] };
  if (operator === 'isNotEmpty') return { operator: 'notEmpty', values: [] };
  const given: readonly unknown[] = Array.isArray(value) ? value : value === undefined || value === null ? [] : [value];
  const meant = Array.isArray(value) && isEqual ? (isNot ? 'notIn' : 'in') : operator;
  return { operator: meant, values: given.map(String) };
}
