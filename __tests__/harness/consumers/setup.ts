import { pack } from '../../package/packed';

/** Packs the package once for all projects. Returns how to clean up. */
export default function setup(): void {
  const packed = pack();
  process.env['ATIPAY_TARBALL'] = packed.file;
  process.once('exit', () => packed.remove());
}
