// The commands that a document tells people to type: its fenced blocks that say `drill=NAME`.
import { readFileSync } from 'node:fs';

/** Blocks of a document by their name. At the end, `unread()` names those that nobody asked for. */
export function blocks(file) {
  const found = new Map();
  const fence = /^( *)```\w+ drill=(\S+)\n([^]*?)^\1```$/gm;
  for (const [, indent, name, text] of readFileSync(file, 'utf8').matchAll(fence)) {
    if (found.has(name)) throw new Error(`two blocks are called ${name}`);
    found.set(name, text.replaceAll(new RegExp(`^${indent}`, 'gm'), ''));
  }
  const read = new Set();
  return {
    get(name) {
      if (!found.has(name)) throw new Error(`the document has no block called ${name}`);
      read.add(name);
      return found.get(name);
    },
    unread: () => [...found.keys()].filter((name) => !read.has(name)),
  };
}

/** What a systemd unit says, by key: every line of it. */
export function unit(file) {
  const said = {};
  for (const [, key, value] of readFileSync(file, 'utf8').matchAll(/^(\w+)=(.*)$/gm)) {
    (said[key] ??= []).push(value);
  }
  return said;
}
