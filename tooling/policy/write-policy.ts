import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describePolicy } from '../../packages/api/src/policy/describe-policy.ts';
import { root } from '../launcher/paths.ts';

/** `npm run policy`: writes the document of who may do what from the table that is tested. */
const text = describePolicy();
writeFileSync(join(root, 'docs', 'policy.md'), text);
console.log(`docs/policy.md: ${text.split('\n').length} lines.`);
