import { ask, brokenness } from '../ask.ts';
import { seat } from '../seat-people.ts';
import { type Attack, inTurn } from '../target.ts';

const AWAY = [
  'https://evil.example/',
  '//evil.example/',
  '/\\evil.example/',
  '\\\\evil.example',
  '/%5cevil.example',
  '/%09/evil.example',
  '/\t/evil.example',
  'https:evil.example',
  'javascript:alert(1)',
  'data:text/html,x',
  '/..//evil.example',
  '/.//evil.example',
  '///evil.example',
  '/@evil.example',
  'http://localhost@evil.example/',
  '/\r\nlocation: https://evil.example',
];

const NAMES = ['to', 'next', 'redirect', 'returnTo', 'url'];
const PATHS = ['/sign-in', '/sign-up', '/sign-out', '/theme', '/verify-email', '/settings'];

/** Everything that leads on to where a parameter says, told to lead away. */
export const attack: Attack = {
  title: 'Redirects that lead away',
  async run(target, report) {
    const { stranger } = target.people;
    for (const [nth, to] of AWAY.entries()) {
      for (const [turn, path] of PATHS.entries()) {
        for (const name of inTurn(target, NAMES, nth * PATHS.length + turn)) {
          const ways = [{}, { method: 'POST', body: new URLSearchParams({ [name]: to, theme: 'dark' }) }];
          for (const init of inTurn(target, ways, nth + turn)) {
            // Whoever signs out is signed out; somebody else goes on.
            const who = path === '/sign-out' ? await seat(target, 'leaver') : stranger;
            const said = await ask(target, `${path}?${name}=${encodeURIComponent(to)}`, {
              ...init,
              as: who,
              headers: { accept: 'text/html' },
            });
            const location = said.headers.get('location');
            const leadsAway =
              location !== null &&
              new URL(location, target.ownUrl).host.replace('127.0.0.1', 'localhost') !== new URL(target.ownUrl).host;
            report.tried(
              leadsAway ? `${path}?${name}=${to} leads to ${location}` : brokenness(said, `${path}?${name}=${to}`),
            );
          }
        }
      }
    }
  },
};
