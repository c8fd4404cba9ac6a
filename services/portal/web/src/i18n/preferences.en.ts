import type { preferencesZh } from './preferences.zh.ts'

export const preferencesEn: Record<keyof typeof preferencesZh, string> = {
  preferencesPage: 'Preferences',
  preferencesNote: 'The inbox gets everything; here you say by which other channels and when',
  preferenceKind: 'Kind of message',
  preferenceChannels: 'Other channels',
  preferenceDigest: 'Digests leave at',
  preferenceQuiet: 'Quiet hours',
  preferenceDefault: 'default',
  preferenceCompulsory: 'Compulsory',
  preferenceDigestHow: 'Digests leave at (empty: when they are made)',
  preferenceAtOnce: 'when they are made',
  preferenceNoQuiet: 'none',
  preferenceChange: 'Edit {kind}',
  preferenceKeepsOne: 'At least one channel stays: {why}',
}
