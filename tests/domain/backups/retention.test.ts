import type { Backup, BackupLabel } from '../../../domain/backups/backupNames';
import { BACKUP_LABELS, backupName, parseBackupName } from '../../../domain/backups/backupNames';
import { expiredBackups, scheduledBackupOf, scheduledLabel } from '../../../domain/backups/retention';
import { addDays } from '../../../domain/calendar/dates';
import { londonInstant } from '../../../domain/calendar/london';

/** One taken at night in London. */
function backup(date: string, label: BackupLabel, time = '02:30'): Backup {
  const takenAt = londonInstant(date, time);
  return { name: backupName(takenAt, label), takenAt, label };
}

describe('the name of a backup', () => {
  it.each(BACKUP_LABELS)('tells its time and its label: %s', (label) => {
    const takenAt = Date.parse('2024-02-29T23:59:58Z');
    const name = backupName(takenAt, label);
    expect(name).toBe(`numericalz-2024-02-29T23-59-58Z-${label}.dump`);
    expect(parseBackupName(name)).toEqual({ name, takenAt, label });
  });

  it.each([
    'numericalz-2024-02-29T23-59-58Z-yearly.dump',
    'numericalz-2024-13-01T00-00-00Z-daily.dump',
    'numericalz-2024-02-29T23-59-58Z-daily.dump.sha256',
    'numericalz-2024-02-29T23-59-58Z-daily.dump.12.partial',
    'my-numericalz-2024-02-29T23-59-58Z-daily.dump',
    'notes.txt',
  ])('is none of ours: %s', (name) => expect(parseBackupName(name)).toBeNull());
});

describe('how long a backup is kept', () => {
  it.each<[string, BackupLabel, string, boolean]>([
    ['2025-06-01', 'daily', '2025-06-01', true],
    ['2025-06-01', 'daily', '2025-07-01', true],
    ['2025-06-01', 'daily', '2025-07-02', false],
    ['2024-02-01', 'daily', '2024-03-02', true],
    ['2024-02-01', 'daily', '2024-03-03', false],
    ['2025-06-02', 'weekly', '2025-08-25', true],
    ['2025-06-02', 'weekly', '2025-08-26', false],
    ['2024-12-30', 'weekly', '2025-03-24', true],
    ['2024-12-30', 'weekly', '2025-03-25', false],
    ['2024-06-01', 'monthly', '2025-06-01', true],
    ['2024-06-01', 'monthly', '2025-06-02', false],
    ['2024-02-29', 'monthly', '2025-02-28', true],
    ['2024-02-29', 'monthly', '2025-03-01', false],
    ['2020-01-01', 'pre-migration', '2049-12-31', true],
    ['2020-01-01', 'manual', '2049-12-31', true],
  ])('one taken on %s (%s) is there on %s: %s', (taken, label, today, isKept) => {
    const one = backup(taken, label);
    expect(expiredBackups([one], today)).toEqual(isKept ? [] : [one]);
  });

  it('counts in London days: half an hour after midnight in summer is the day before in UTC', () => {
    const one = backup('2025-06-01', 'daily', '00:30');
    expect(one.name).toContain('2025-05-31T23-30-00Z');
    expect(expiredBackups([one], '2025-07-01')).toEqual([]);
  });

  it('leaves after two years of nights a month of days, twelve weeks and twelve months', () => {
    let kept: Backup[] = [];
    let today = '2023-01-01';
    for (; today <= '2024-12-31'; today = addDays(today, 1)) {
      kept.push(backup(today, scheduledLabel(today, kept)));
      const expired = expiredBackups(kept, today);
      kept = kept.filter((one) => !expired.includes(one));
    }
    const count = (label: BackupLabel): number => kept.filter((one) => one.label === label).length;
    expect(count('monthly')).toBe(12);
    expect(count('weekly')).toBeGreaterThanOrEqual(9);
    expect(count('weekly') + count('monthly')).toBeLessThanOrEqual(12 + 13);
    expect(kept.filter(({ takenAt }) => takenAt > londonInstant('2024-12-01', '00:00'))).toHaveLength(31);
  });
});

describe('what the backup of a day is', () => {
  it.each<[string, string, Backup[], BackupLabel]>([
    ['the first ever', '2025-06-11', [], 'monthly'],
    ['the first of a month', '2025-07-01', [backup('2025-06-30', 'weekly')], 'monthly'],
    ['a Monday', '2025-06-09', [backup('2025-06-01', 'monthly'), backup('2025-06-08', 'daily')], 'weekly'],
    ['a Tuesday', '2025-06-10', [backup('2025-06-01', 'monthly'), backup('2025-06-09', 'weekly')], 'daily'],
    ['a Tuesday after a missed Monday', '2025-06-10', [backup('2025-06-01', 'monthly')], 'weekly'],
    ['the second after a missed first', '2025-07-02', [backup('2025-06-30', 'weekly')], 'monthly'],
    ['the day after a monthly one in the same week', '2025-07-02', [backup('2025-07-01', 'monthly')], 'daily'],
    ['the same day again', '2025-07-01', [backup('2025-07-01', 'monthly')], 'monthly'],
    ['one after others by hand', '2025-07-01', [backup('2025-06-30', 'manual')], 'monthly'],
  ])('%s (%s)', (_, today, taken, label) => expect(scheduledLabel(today, taken)).toBe(label));

  it('is taken once a day, those by hand apart', () => {
    const taken = [backup('2025-06-10', 'manual'), backup('2025-06-11', 'daily')];
    expect(scheduledBackupOf('2025-06-10', taken)).toBeUndefined();
    expect(scheduledBackupOf('2025-06-11', taken)).toBe(taken[1]);
  });
});
