/** Every address no other route knows. */
export function loader(): never {
  throw new Response('There is nothing at this address.', { status: 404 });
}

export const action = loader;

export default function NothingHere() {
  return null;
}
