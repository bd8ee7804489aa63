import { OutsideError } from '@repo/outbound';
import type { Tools } from '../context.ts';
import { DomainError } from '../errors.ts';

/** Refuses what would never be sent to: plain http and addresses inside. Names are looked up only when it is sent. */
export function mustBeOutside({ outside }: Tools, url: string): void {
  try {
    outside.judge(url, { httpsOnly: true });
  } catch (error) {
    if (!(error instanceof OutsideError)) throw error;
    throw new DomainError('invalid', error.message, { field: 'url' });
  }
}
