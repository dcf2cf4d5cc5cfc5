import type { SupportSettings } from '../settings/read-settings.ts';

const USES = [
  ['defaultKnowledgeBaseId', 'Default KnowledgeBase'],
  ['defaultSupportKnowledgeBaseId', 'Default Support KnowledgeBase'],
] as const;

/** The settings that name a base, by their labels. */
export function usesOf(settings: SupportSettings, knowledgeBaseId: string): string[] {
  return USES.filter(([field]) => settings[field] === knowledgeBaseId).map(([, label]) => label);
}
