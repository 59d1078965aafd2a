/** Why a command ends without having done what it was asked; the message is for whoever typed it. */
export class CommandError extends Error {
  readonly exitCode: number;

  constructor(message: string, exitCode = 1) {
    super(message);
    this.name = 'CommandError';
    this.exitCode = exitCode;
  }
}

/** By sysexits.h. */
export const usageExit = 64;
export const unavailableExit = 69;
