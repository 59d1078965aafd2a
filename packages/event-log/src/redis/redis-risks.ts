import type { Redis } from 'ioredis';
import { z } from 'zod';
import type { LogRisk } from '../log-risk.ts';

/** Names and values by turns. */
const settingsSchema = z.array(z.string());

/** What this server's settings risk; nothing where it does not show them, as many that are rented do not. */
export async function readRisks(redis: Redis): Promise<LogRisk[]> {
  try {
    const [appendonly, appendfsync, memory, policy] = await Promise.all(
      ['appendonly', 'appendfsync', 'maxmemory', 'maxmemory-policy'].map((name) =>
        readSetting(redis, name),
      ),
    );
    const risks: LogRisk[] = [];
    if (appendonly === 'no') risks.push('memoryOnly');
    if (memory !== '0' && policy?.startsWith('allkeys')) risks.push('evicts');
    if (appendonly === 'yes' && appendfsync === 'everysec') risks.push('writesLate');
    return risks;
  } catch {
    return [];
  }
}

async function readSetting(redis: Redis, name: string): Promise<string | undefined> {
  return settingsSchema.parse(await redis.config('GET', name))[1];
}
