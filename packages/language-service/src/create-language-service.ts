import type { LanguageService, ServicePorts } from './api.ts';
import { createFolderService } from './folder-service.ts';
import { createPreviewer } from './preview/previewer.ts';

/** The language service of one folder. Reads nothing before `start`. */
export function createLanguageService(ports: ServicePorts): LanguageService {
  return createFolderService(ports, createPreviewer);
}
