/** What services import and is made from sources: `node scripts/generate-code.ts`. */
import { generateCode } from './generate.ts';

await generateCode();
