import { randomUUID } from 'node:crypto';
import { Client, Connection } from '@temporalio/client';
import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';
import { prepareTemporal } from '../../worker/prepareTemporal';
import { servers } from '../harness/servers';

const STAGE = defineSearchAttributeKey('Stage', SearchAttributeType.KEYWORD);
const DUE_DATE = defineSearchAttributeKey('DueDate', SearchAttributeType.DATETIME);

it('makes namespaces that take filings, and are searched for them, from the moment on that it is done', async () => {
  const connection = await Connection.connect({ address: servers().temporalAddress });
  try {
    const namespace = `filings-${randomUUID()}`;
    await prepareTemporal(connection, { filings: namespace, operations: `operations-${randomUUID()}` });
    const { workflow } = new Client({ connection, namespace });
    const started = await workflow.start('nobodyRunsIt', {
      taskQueue: 'nobody',
      workflowId: 'filing',
      typedSearchAttributes: [
        { key: STAGE, value: 'WORK_IN_PROGRESS' },
        { key: DUE_DATE, value: new Date('2036-05-07') },
      ],
    });
    expect((await workflow.count(`Stage = 'FILED_TO_HMRC'`)).count).toBe(0);
    await started.terminate();
  } finally {
    await connection.close();
  }
}, 120_000);
