import type { Readable } from 'node:stream';
import { Busboy, type BusboyInstance } from '@fastify/busboy';
import type { Request } from 'express';
import { valueProblems } from '../texts/problems';
import { BadInput } from './problem';

/** A form with a file, while the file is still arriving. */
export interface Upload {
  /** Fields before the file. */
  fields: URLSearchParams;
  file: Readable;
}

const FIELD_BYTES = 2_000;
const MOST_FIELDS = 20;

/** Reads a form up to its file. @throws BadInput for another kind of body, or one without a file. */
export async function readUpload(req: Request): Promise<Upload> {
  const type = req.get('content-type') ?? '';
  if (!type.startsWith('multipart/form-data')) throw new BadInput(valueProblems.upload);
  const fields = new URLSearchParams();
  const busboy = parserFor(type);
  busboy.on('field', (name, value) => fields.append(name, value));
  const file = new Promise<Readable>((resolve, reject) => {
    busboy.on('file', (_name, stream) => resolve(stream));
    busboy.on('error', () => reject(new BadInput(valueProblems.upload)));
    busboy.on('finish', () => reject(new BadInput(valueProblems.upload)));
  });
  req.on('error', (error) => busboy.destroy(error)).pipe(busboy);
  return { fields, file: await file };
}

function parserFor(type: string): BusboyInstance {
  try {
    const limits = { files: 1, fields: MOST_FIELDS, fieldSize: FIELD_BYTES };
    return new Busboy({ headers: { 'content-type': type }, limits });
  } catch {
    throw new BadInput(valueProblems.upload);
  }
}
