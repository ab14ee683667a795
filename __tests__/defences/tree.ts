import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { copySources } from '../matrix/prepare';
import { without, type Change } from './defence';

const ROOT = join(__dirname, '..', '..');

/** A copy of the repository in a folder of its own, in which a defence can be missing. */
export class Tree {
  readonly folder = mkdtempSync(join(tmpdir(), 'express-atipay-defences-'));

  constructor() {
    copySources(this.folder);
    symlinkSync(join(ROOT, 'node_modules'), join(this.folder, 'node_modules'), 'junction');
  }

  /** Does something while these changes are in the files, and takes them back. */
  changed<T>(changes: readonly Change[], work: () => T): T {
    const originals = new Map(changes.map(({ file }) => [file, this.#read(file)]));
    try {
      for (const change of changes) this.#write(change.file, without(this.#read(change.file), change));
      return work();
    } finally {
      for (const [file, text] of originals) this.#write(file, text);
    }
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  #read(file: string): string {
    return readFileSync(join(this.folder, file), 'utf8');
  }

  #write(file: string, text: string): void {
    writeFileSync(join(this.folder, file), text);
  }
}
