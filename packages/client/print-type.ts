import ts from 'typescript';

/** Prints types in full, so that a file of declarations needs none of our rooms. */
export type TypePrinter = {
  print(type: ts.Type, options?: { optional?: ReadonlySet<string> }): string;
  /** Says that whatever looks like this type is to be called by this name. */
  name(name: string, type: ts.Type): void;
  /** The declarations of all names that were used. */
  declarations(): string;
};

/** What a platform or language declares stays a name. */
const KEPT = new Set([
  'Date',
  'Blob',
  'File',
  'FormData',
  'Uint8Array',
  'AsyncIterable',
  'AsyncGenerator',
  'Promise',
  'Record',
]);
const MAX_DEPTH = 40;

export function createTypePrinter(checker: ts.TypeChecker): TypePrinter {
  const namesByText = new Map<string, string>();
  const bodies = new Map<string, string>();
  const used = new Set<string>();
  let open: ts.Type[] = [];
  let usesNames = true;

  const full = (type: ts.Type, optional?: ReadonlySet<string>): string => {
    if (open.length > MAX_DEPTH || open.includes(type)) return 'unknown';
    open.push(type);
    try {
      return write(type, optional);
    } finally {
      open.pop();
    }
  };

  const write = (type: ts.Type, optional?: ReadonlySet<string>): string => {
    const { flags } = type;
    if (flags & ts.TypeFlags.Any) return 'any';
    if (flags & ts.TypeFlags.Unknown) return 'unknown';
    if (flags & (ts.TypeFlags.Void | ts.TypeFlags.Undefined | ts.TypeFlags.Null | ts.TypeFlags.Never))
      return checker.typeToString(type);
    if (type.isUnion()) return writeUnion(type, optional);
    if (type.isIntersection() && !isPlainObject(type)) return type.types.map((one) => full(one)).join(' & ');
    if (
      flags &
      (ts.TypeFlags.StringLike | ts.TypeFlags.NumberLike | ts.TypeFlags.BooleanLike | ts.TypeFlags.BigIntLike)
    ) {
      return checker.typeToString(type, undefined, ts.TypeFormatFlags.NoTruncation);
    }
    if (checker.isTupleType(type)) {
      return `readonly [${checker
        .getTypeArguments(type as ts.TypeReference)
        .map((one) => full(one))
        .join(', ')}]`;
    }
    if (checker.isArrayType(type)) return `Array<${full(checker.getTypeArguments(type as ts.TypeReference)[0]!)}>`;
    const symbol = type.getSymbol()?.name ?? '';
    if (KEPT.has(symbol)) {
      const args = (type as ts.TypeReference).target ? checker.getTypeArguments(type as ts.TypeReference) : [];
      return args.length > 0 && symbol !== 'Uint8Array'
        ? `${symbol}<${args.map((one) => full(one)).join(', ')}>`
        : symbol;
    }
    return writeObject(type, optional);
  };

  const writeUnion = (type: ts.UnionType, optional?: ReadonlySet<string>): string => {
    const parts = type.types.map((one) => full(one, optional));
    const hasBoth = parts.includes('true') && parts.includes('false');
    const merged = hasBoth ? ['boolean', ...parts.filter((part) => part !== 'true' && part !== 'false')] : parts;
    return [...new Set(merged)].join(' | ');
  };

  const isPlainObject = (type: ts.Type) => checker.getPropertiesOfType(type).length > 0;

  const writeObject = (type: ts.Type, optional?: ReadonlySet<string>): string => {
    const lines = checker.getPropertiesOfType(type).map((property) => {
      const name = /^[\w$]+$/.test(property.name) ? property.name : JSON.stringify(property.name);
      const isOptional = Boolean(property.flags & ts.SymbolFlags.Optional) || optional?.has(property.name);
      return `${name}${isOptional ? '?' : ''}: ${full(checker.getTypeOfSymbol(property))};`;
    });
    for (const index of checker.getIndexInfosOfType(type))
      lines.push(`[key: ${full(index.keyType)}]: ${full(index.type)};`);
    const text = lines.length > 0 ? `{ ${lines.join(' ')} }` : '{}';
    const known = usesNames ? namesByText.get(plain(type)) : undefined;
    if (!known || (optional && text.includes('?:'))) return text;
    if (!used.has(known)) {
      used.add(known);
      bodies.set(known, text);
    }
    return known;
  };

  /** The type in full, without any name of ours in it: what two equal types have in common. */
  const plain = (type: ts.Type): string => {
    const [before, kept] = [usesNames, open];
    usesNames = false;
    open = [];
    try {
      return write(type);
    } finally {
      usesNames = before;
      open = kept;
    }
  };

  return {
    print: (type, options) => full(type, options?.optional),
    name(name, type) {
      if (!(type.flags & ts.TypeFlags.Object)) return;
      const text = plain(type);
      if (text.length > 60 && !namesByText.has(text)) namesByText.set(text, name);
    },
    declarations: () => [...bodies].map(([name, body]) => `export type ${name} = ${body};`).join('\n'),
  };
}
