import { transaction } from '@tributary/chassis';
import { TributaryError } from '@tributary/errors';
import { BulkheadRejectedError, bulkhead } from 'cockatiel';
import { DatabaseError, type Pool, type PoolClient } from 'pg';
import { type CountedMinutes, type CountedRows, countMinutes } from './count-breakdown.ts';

/** So that readers of long ago leave connections to what is stored and read now. */
const mostAtATime = 2;
const mostWaiting = 50;
/** So that one workspace's readers leave room to the others'. */
const mostOfAWorkspace = 1;
const mostWaitingOfAWorkspace = 20;

export interface CountingOptions {
  pool: Pool;
  /** That are counted for one read. */
  mostEvents?: number;
  /** Of waiting, and then of each statement: the gateway has given up after 30 s. */
  longestMilliseconds?: number;
}

type Read<Result> = (client: PoolClient, counted: CountedRows) => Promise<Result>;

/** What a workspace's readers share while there are any. */
interface WorkspaceRoom {
  room: ReturnType<typeof bulkhead>;
  readers: number;
}

/** Reads minutes that are counted from the stored events, at one moment of the database. */
export function createCounting(options: CountingOptions) {
  const { pool, mostEvents = 500_000, longestMilliseconds = 10_000 } = options;
  const ofAll = bulkhead(mostAtATime, mostWaiting);
  const workspaces = new Map<string, WorkspaceRoom>();

  function enter(workspaceId: string): WorkspaceRoom {
    const created = { room: bulkhead(mostOfAWorkspace, mostWaitingOfAWorkspace), readers: 0 };
    const workspace = workspaces.get(workspaceId) ?? created;
    workspaces.set(workspaceId, workspace);
    workspace.readers += 1;
    return workspace;
  }

  function leave(workspaceId: string, workspace: WorkspaceRoom): void {
    workspace.readers -= 1;
    if (workspace.readers === 0) workspaces.delete(workspaceId);
  }

  function count<Result>(minutes: CountedMinutes, read: Read<Result>): Promise<Result> {
    return transaction(pool, async (client) => {
      await client.query(
        `SET TRANSACTION ISOLATION LEVEL REPEATABLE READ; SET LOCAL statement_timeout = ${longestMilliseconds}`,
      );
      return read(client, await countMinutes(client, minutes, mostEvents));
    });
  }

  /** @throws OPERATION_TOO_COMPLEX or UPSTREAM_TIMEOUT for too many events, UNAVAILABLE when too many wait. */
  return async <Result>(minutes: CountedMinutes, read: Read<Result>): Promise<Result> => {
    const asked = performance.now();
    const workspace = enter(minutes.workspaceId);
    try {
      return await workspace.room.execute(() =>
        ofAll.execute(() => {
          if (performance.now() - asked > longestMilliseconds) throw tooManyReaders();
          return count(minutes, read);
        }),
      );
    } catch (error) {
      throw toTold(error);
    } finally {
      leave(minutes.workspaceId, workspace);
    }
  };
}

function toTold(error: unknown): unknown {
  if (error instanceof BulkheadRejectedError) return tooManyReaders();
  if (error instanceof DatabaseError && error.code === '57014') {
    return new TributaryError(
      'UPSTREAM_TIMEOUT',
      'Counting minutes of groups of more than a week ago took too long. Ask for whole hours, or for fewer minutes.',
    );
  }
  return error;
}

const tooManyReaders = (): TributaryError =>
  new TributaryError(
    'UNAVAILABLE',
    'Too many are having minutes of more than a week ago counted. Try again soon, or ask for whole hours.',
  );
