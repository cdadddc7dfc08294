import { ConfigError } from './config.ts';

export type SettingValue = string | number | boolean;

/** One setting: its default, and how the text of its environment variable is read. */
export interface Setting<T extends SettingValue> {
  readonly fallback: T;
  readonly read: (text: string) => T | undefined;
  readonly expected: string;
}

export function flag(fallback: boolean): Setting<boolean> {
  return {
    fallback,
    expected: 'true or false',
    read: (text) => (text === 'true' ? true : text === 'false' ? false : undefined),
  };
}

export function whole(fallback: number, least: number, most: number): Setting<number> {
  return {
    fallback,
    expected: `a whole number from ${least} to ${most}`,
    read: (text) => {
      const value = Number(text);
      return text.trim() && Number.isInteger(value) && value >= least && value <= most ? value : undefined;
    },
  };
}

export function oneOf<const T extends string>(fallback: NoInfer<T>, values: readonly T[]): Setting<T> {
  return { fallback, expected: `one of ${values.join(', ')}`, read: (text) => values.find((value) => value === text) };
}

export function text(fallback: string, most = 1000): Setting<string> {
  return { fallback, expected: `at most ${most} characters`, read: (value) => (value.length <= most ? value : undefined) };
}

/** The values of settings: `docs.public` is its default, or what `SETTING_DOCS_PUBLIC` says. */
export function readSettings<S extends Record<string, Setting<SettingValue>>>(
  settings: S,
  env: NodeJS.ProcessEnv = process.env,
): { readonly [K in keyof S]: S[K] extends Setting<infer T> ? T : never } {
  const values: Record<string, SettingValue> = {};
  for (const [key, setting] of Object.entries(settings)) {
    const name = `SETTING_${key.replaceAll(/\W/g, '_').toUpperCase()}`;
    const given = env[name];
    const value = given === undefined ? setting.fallback : setting.read(given);
    if (value === undefined) throw new ConfigError(`${name} must be ${setting.expected}, not "${given}".`);
    values[key] = value;
  }
  return values as { readonly [K in keyof S]: S[K] extends Setting<infer T> ? T : never };
}
