/** Validators of the structured formats: schemas that others published, checked by tools that others wrote. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { DtdValidator, XmlDocument, XmlDtd, XmlValidateError, XsdValidator } from 'libxml2-wasm';
import protobuf from 'protobufjs';

function schemaText(name: string): string {
  return readFileSync(new URL(`schemas/${name}`, import.meta.url), 'utf8');
}

/** What libxml2 says of `xml` against Cobertura's DTD; empty where it is valid. */
export function coberturaErrors(xml: string): string[] {
  dtd ??= new DtdValidator(XmlDtd.fromString(schemaText('coverage-04.dtd')));
  return xmlErrors(xml, dtd);
}

/** What libxml2 says of `xml` against the JUnit schema of Jenkins; empty where it is valid. */
export function junitErrors(xml: string): string[] {
  xsd ??= XsdValidator.fromDoc(XmlDocument.fromString(schemaText('jenkins-junit.xsd')));
  return xmlErrors(xml, xsd);
}

let dtd: DtdValidator | undefined;
let xsd: XsdValidator | undefined;

function xmlErrors(xml: string, validator: DtdValidator | XsdValidator): string[] {
  const document = XmlDocument.fromString(xml);
  try {
    validator.validate(document);
    return [];
  } catch (error) {
    if (!(error instanceof XmlValidateError)) throw error;
    return error.details.map((one) => `${one.line}: ${one.message.trim()}`);
  } finally {
    document.dispose();
  }
}

let oscal: ((document: unknown) => string[]) | undefined;

/** What NIST's schema of assessment results objects to. */
export function oscalErrors(document: unknown): string[] {
  oscal ??= compileOscal();
  return oscal(document);
}

function compileOscal() {
  const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: true });
  // Two places of the schema nest a member `id` where a keyword stands; they say nothing.
  ajv.removeKeyword('id');
  addFormats.default(ajv);
  const validate = ajv.compile(JSON.parse(schemaText('oscal-assessment-results-1.1.3.json')));
  return (document: unknown) => {
    validate(document);
    return (validate.errors ?? []).map((one) => `${one.instancePath} ${one.message}`);
  };
}

let protos: protobuf.Root | undefined;

/** Reads a message by its protocol buffer definition and gives back what of `json` the definition knows. */
export function protoMessage(type: string, json: { readonly [key: string]: unknown }): object {
  protos ??= loadProtos();
  const message = protos.lookupType(type);
  const wrong = message.verify(json);
  if (wrong) throw new Error(wrong);
  return message.toObject(message.fromObject(json));
}

function loadProtos(): protobuf.Root {
  const root = new protobuf.Root();
  root.resolvePath = (_, target) =>
    target.startsWith('google/')
      ? target
      : fileURLToPath(new URL(`schemas/in-toto/${target.split('/').at(-1)}`, import.meta.url));
  return root.loadSync(['statement.proto', 'test_result.proto']);
}
