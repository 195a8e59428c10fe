import { type SourceFile, type TextDocument, textDocument } from '@benchbook/model';

/** The texts of files, for lines and columns. */
export type Texts = (file: string) => TextDocument;

/** Line look-up over source files; an unknown file is an empty text. */
export function textsOf(files: readonly Pick<SourceFile, 'path' | 'text'>[]): Texts {
  const sources = new Map(files.map((file) => [file.path, file.text]));
  const documents = new Map<string, TextDocument>();
  return (file) => {
    let document = documents.get(file);
    if (!document) {
      document = textDocument(sources.get(file) ?? '');
      documents.set(file, document);
    }
    return document;
  };
}
