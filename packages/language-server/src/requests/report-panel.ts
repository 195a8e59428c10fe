import type { LanguageService } from '@benchbook/language-service';
import type { ReplayReport } from '@benchbook/model';
import { panelHtml } from '@benchbook/reports';

/** The report for the panel, with the calls whose outcome differs from base. */
export function reportPanel(
  report: ReplayReport,
  service: Pick<LanguageService, 'preview' | 'calls'>,
): { readonly css: string; readonly html: string } {
  const base = service.preview()?.base.name ?? null;
  const { css, body } = panelHtml(
    report,
    base === null ? {} : { flips: { base, ...service.calls({ flipped: true }) } },
  );
  return { css, html: body };
}
