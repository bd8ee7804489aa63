import type { Request, Response } from 'express';

const READ_ON_MS = 5_000;

/**
 * Lets an answer reach somebody who is still sending: of what they send, a little is read and thrown away. At
 * `maxBytes`, or after a while, the connection is cut.
 */
export function refuseUnread(request: Request, response: Response, maxBytes: number): void {
  let seen = 0;
  const cut = () => (response.writableFinished ? request.socket.destroy() : response.once('finish', cut));
  const timer = setTimeout(cut, READ_ON_MS);
  request.once('close', () => clearTimeout(timer));
  request.on('data', (piece: Buffer) => {
    seen += piece.byteLength;
    if (seen < maxBytes) return;
    request.pause();
    cut();
  });
}
