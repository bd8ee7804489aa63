import { startPage } from '@repo/runtime/pages';

startPage();
