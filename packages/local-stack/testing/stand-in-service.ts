/** Stands in for a service: ready at once, and tells how it was started. */
import { createServer } from 'node:http';

if (process.env.FAIL_WITH) {
  console.error(process.env.FAIL_WITH);
  process.exit(3);
}

const server = createServer((request, response) => {
  if (request.url === '/environment') response.end(JSON.stringify(process.env));
  else response.writeHead(request.url === '/health/ready' ? 200 : 404).end();
});
server.listen(Number(process.env.PORT), process.env.HOST ?? '127.0.0.1');
process.on('SIGTERM', () => {
  console.log(`${process.env.NAME ?? 'service'} ends`);
  process.exit(0);
});
