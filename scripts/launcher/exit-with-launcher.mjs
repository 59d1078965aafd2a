/**
 * Loaded before the script: ends it when the launcher is gone, however that ended. The channel to
 * the launcher closes with it. Processes below inherit this flag, not the channel's meaning, hence
 * the look at the parent.
 */
const insistMilliseconds = 20_000;

if (process.channel && process.env.TRIBUTARY_LAUNCHER === String(process.ppid)) {
  process.channel.unref();
  process.once('disconnect', () => {
    setTimeout(() => process.exit(1), insistMilliseconds).unref();
    process.kill(process.pid, 'SIGTERM');
  });
}
