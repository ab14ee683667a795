import { basename, dirname } from 'node:path';

/** Where views, public files and data are, for the sources as for the build. */
export const HOME = basename(__dirname) === 'build' ? dirname(__dirname) : __dirname;
