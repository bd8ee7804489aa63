import { startLettaWire } from '@repo/ai/testing';
import { expect, onTestFinished, test } from 'vitest';
import { readEnv } from '../src/env.ts';
import { greetMemoryAgent, memoryAgent } from '../src/models/memory-agent.server.ts';

test('without its settings there is no agent', () => {
  expect(memoryAgent(readEnv({}))).toBeNull();
});

test('the start says whether the agent can be used', async () => {
  const wire = await startLettaWire();
  onTestFinished(wire.close);
  const settings = { LETTA_API_KEY: wire.apiKey, LETTA_AGENT_ID: wire.agentId, LETTA_BASE_URL: wire.baseUrl };
  const lines: string[] = [];
  await greetMemoryAgent(memoryAgent(readEnv(settings))!, (line) => lines.push(line));
  await greetMemoryAgent(memoryAgent(readEnv({ ...settings, LETTA_API_KEY: 'a wrong key' }))!, (line) =>
    lines.push(line),
  );
  expect(lines[0]).toMatch(/^letta\/\S+ remembers \d+ blocks?$/);
  expect(lines[1]).toMatch(/cannot be used: letta: misconfigured/);
});
