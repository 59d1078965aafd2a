/** Generated code and the web page, for images: `node scripts/build.ts`. */
import { buildWeb, generateCode } from './generate.ts';

await generateCode();
await buildWeb();
