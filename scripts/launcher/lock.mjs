/**
 * One launcher at a time changes what all share. The lock is a directory (made atomically) that
 * holds an empty file named after its owner's process id; a dead owner's lock is taken over by the
 * one launcher that manages to delete that file.
 */
import { mkdirSync, readdirSync, rmdirSync, statSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { runtime } from './paths.mjs';

const directory = join(runtime, 'lock');
const own = join(directory, String(process.pid));

/** An owner that has not written its name by then died before it could. */
const namelessMilliseconds = 5_000;

/**
 * @template T
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(work) {
  let told = false;
  while (!take()) {
    if (!told) process.stderr.write('  waiting for another launcher to finish installing\n');
    told = true;
    await delay(200);
  }
  process.once('exit', release);
  try {
    return await work();
  } finally {
    process.off('exit', release);
    release();
  }
}

function take() {
  try {
    mkdirSync(directory);
    writeFileSync(own, '');
    return true;
  } catch (error) {
    if (!['EEXIST', 'ENOENT'].includes(codeOf(error))) throw error;
    dropStale();
    return false;
  }
}

function release() {
  quietly(() => unlinkSync(own));
  quietly(() => rmdirSync(directory));
}

function dropStale() {
  quietly(() => {
    const [owner] = readdirSync(directory);
    if (owner === undefined) {
      const age = Date.now() - statSync(directory).mtimeMs;
      if (age > namelessMilliseconds) rmdirSync(directory);
    } else if (!isAlive(Number(owner))) {
      unlinkSync(join(directory, owner));
      rmdirSync(directory);
    }
  });
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}

/** For what another launcher may do in the same moment. @param {() => void} work */
function quietly(work) {
  try {
    work();
  } catch (error) {
    if (!['ENOENT', 'ENOTEMPTY', 'EEXIST'].includes(codeOf(error))) throw error;
  }
}

/** @param {unknown} error @returns {string} */
const codeOf = (error) => /** @type {NodeJS.ErrnoException} */ (error).code ?? '';
