import type { IncomingMessage, ServerResponse } from 'node:http';
import { FSDriver } from 'flydrive/drivers/fs';
import type { DiskConfig } from '../config.ts';
import { isPublic } from '../headers.ts';
import { isKey } from '../key.ts';
import { answerJson, FileRefusal } from './answer.ts';
import { createDiskFolder } from './disk-folder.ts';
import { assertGranted, bodyOf, refusalOf, SenderGone, UPLOAD_PACE, type UploadPace } from './receive-file.ts';
import { sendFile } from './send-file.ts';
import { type Grant, type GrantRefusal, readGrant } from './signature.ts';
import { typeOf } from './type-of.ts';

const PATH = '/files/';

const GRANT_SENTENCES: Record<GrantRefusal, string> = {
  unsigned: 'This file is private: it needs a signed address.',
  invalid: 'The signature of this address does not fit it.',
  expired: 'This address has expired. Go back and ask for a new one.',
};

export type DiskFiles = {
  /**
   * Answers `/files/<key>`: GET and HEAD to read, PUT to a signed address to upload. Resolves to false, having touched
   * nothing, where the path is another's. Rejects before any answer is sent if the disk itself fails.
   */
  handleFile(req: IncomingMessage, res: ServerResponse): Promise<boolean>;
};

/** The HTTP half of the disk driver, for any node server. Mount it before anything that reads bodies or compresses. */
export function createDiskFiles(config: DiskConfig, pace: UploadPace = UPLOAD_PACE): DiskFiles {
  const folder = createDiskFolder(config.root);
  const drive = new FSDriver({ location: config.root, visibility: 'private' });

  async function read(req: IncomingMessage, res: ServerResponse, key: string, query: URLSearchParams): Promise<void> {
    const isOpen = isPublic(key) && !query.has('s');
    const grant = isOpen ? null : grantOf('GET', key, query);
    const object = await folder.openObject(key);
    if (!object) throw missing();
    const contentType = await typeOf(drive, key, object);
    await sendFile(req, res, { key, object, contentType, grant });
  }

  async function receive(
    req: IncomingMessage,
    res: ServerResponse,
    key: string,
    query: URLSearchParams,
  ): Promise<void> {
    const grant = grantOf('PUT', key, query);
    if (grant.contentType === undefined || grant.bytes === undefined) throw refusalFor('invalid');
    const { contentType, bytes } = grant;
    assertGranted(req, grant);
    const already = await folder.openObject(key);
    await already?.handle.close();
    if (already) throw alreadyThere();
    const fill = (draft: string) => drive.putStream(draft, bodyOf(req, bytes, pace));
    const isKept = await folder.write(key, { contentType, bytes }, { replace: false, fill });
    if (!isKept) throw alreadyThere();
    await answerJson(req, res, 200, { bytes });
  }

  function grantOf(method: Grant['method'], key: string, query: URLSearchParams): Grant {
    const grant = readGrant(config.secret, { method, key, query });
    if (typeof grant === 'string') throw refusalFor(grant);
    return grant;
  }

  async function answer(req: IncomingMessage, res: ServerResponse, path: string, search: string): Promise<void> {
    const key = path.slice(PATH.length);
    // A key has nothing in it to decode: whatever is encoded, doubled or dotted names no file of ours.
    if (!isKey(key)) throw missing();
    const query = new URLSearchParams(search);
    if (req.method === 'GET' || req.method === 'HEAD') return read(req, res, key, query);
    if (req.method === 'PUT') return receive(req, res, key, query);
    throw new FileRefusal(405, 'wrong_method', 'Files are read with GET and sent with PUT.', {
      Allow: 'GET, HEAD, PUT',
    });
  }

  return {
    async handleFile(req, res) {
      const [path = '', ...rest] = (req.url ?? '').split('?');
      if (!path.startsWith(PATH)) return false;
      try {
        await answer(req, res, path, rest.join('?'));
      } catch (error) {
        if (error instanceof SenderGone || (req.destroyed && !req.complete)) {
          res.destroy();
          return true;
        }
        const refusal = refusalOf(error);
        const body = { error: refusal.code, sentence: refusal.message };
        await answerJson(req, res, refusal.status, body, refusal.headers);
      }
      return true;
    },
  };
}

function refusalFor(why: GrantRefusal): FileRefusal {
  return new FileRefusal(403, why, GRANT_SENTENCES[why]);
}

function missing(): FileRefusal {
  return new FileRefusal(404, 'missing', 'There is no such file.');
}

function alreadyThere(): FileRefusal {
  return new FileRefusal(409, 'already_there', 'The file has already arrived at this address and is kept as it came.');
}
