import { flatRoutes } from '@remix-run/fs-routes';

/** `routes/<url>/route.tsx`; the folder's other files are parts that only this page uses. */
export default flatRoutes();
