package main

import (
	"fmt"
	"maps"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/storage/inmem"
)

// brokenFile is a file that does not parse, cut into its statements: their texts in a row are the file.
type brokenFile struct {
	Path    string      `json:"path"`
	Version int         `json:"version"`
	Chunks  []fileChunk `json:"chunks"`
}

// fileChunk is one statement with the comments above it.
type fileChunk struct {
	Text   string `json:"text"`
	Header bool   `json:"header"` // the package, or an import
	// What stands for the rule while it does not parse: `f(_, _) := input`; empty where its head is not known.
	Stub string `json:"stub"`
}

type diagnoseParams struct {
	Handle int          `json:"handle"`
	Data   []dataFile   `json:"data"`
	Broken []brokenFile `json:"broken"`
}

// Times that modules are compiled to find what earlier errors hide: OPA stops after a stage that found some.
const maxRounds = 4

// stubFile is where stubs stand: what is found there is none of the user's.
const stubFile = "/benchbook/stub.rego"

// diagnose tells as many errors as can be had: of every statement that does not parse, and then, with a stub in
// place of each rule that errs, of every stage of the compiler.
func diagnose(p diagnoseParams) ([]diagnostic, error) {
	w, err := workspaceOf(p.Handle)
	if err != nil {
		return nil, err
	}
	d := diagnosis{modules: maps.Clone(w.modules), found: []diagnostic{}, told: map[string]bool{}}
	for _, file := range p.Broken {
		d.mend(file)
	}
	data, _ := mountData(p.Data)
	store := inmem.NewFromObjectWithOpts(data, inmem.OptReturnASTValuesOnRead(true), inmem.OptRoundTripOnWrite(false))
	for round := range maxRounds {
		c := newCompiler(store)
		c.Compile(maps.Clone(d.modules))
		if !c.Failed() || !d.note(c.Errors, round) {
			break
		}
	}
	return d.found, nil
}

type diagnosis struct {
	modules map[string]*ast.Module
	found   []diagnostic
	told    map[string]bool
	unsure  []string // names below `data` of rules that do not parse, and packages with rules of unknown name
	missing bool     // some file is left out: any function may be missing
}

// mend finds the statements of a file that do not parse, and adds the rest as a module.
func (d *diagnosis) mend(file brokenFile) {
	header, ok := d.header(file)
	if !ok {
		d.missing = true
		return
	}
	rest := &strings.Builder{}
	bad := []fileChunk{}
	for _, chunk := range file.Chunks {
		errs := []diagnostic{}
		if !chunk.Header {
			errs = parseChunk(file.Version, header, chunk.Text)
		}
		for _, e := range errs {
			e.File, e.Offset = file.Path, e.Offset+rest.Len()
			d.found = append(d.found, e)
		}
		if len(errs) == 0 {
			rest.WriteString(chunk.Text)
			continue
		}
		bad = append(bad, chunk)
		rest.WriteString(blank(chunk.Text))
	}
	ignored := []diagnostic{}
	m := parse(sourceFile{Path: file.Path, Text: rest.String(), Version: file.Version}, &ignored)
	if m == nil || len(bad) == 0 {
		d.missing = true
		return
	}
	pkg := m.Package.Path.String()
	for _, chunk := range bad {
		stub := stubRule(m, chunk.Stub)
		if stub == nil {
			d.unsure = append(d.unsure, pkg)
			continue
		}
		m.Rules = append(m.Rules, stub)
		d.unsure = append(d.unsure, pkg+"."+stub.Head.Ref().GroundPrefix().String())
	}
	d.modules[file.Path] = m
}

// header is the file's package and imports as one text; where one of them does not parse, that is told.
func (d *diagnosis) header(file brokenFile) (string, bool) {
	text, offset, ok := "", 0, true
	for _, chunk := range file.Chunks {
		if chunk.Header {
			errs := parseChunk(file.Version, text, chunk.Text)
			for _, e := range errs {
				e.File, e.Offset = file.Path, e.Offset+offset
				d.found = append(d.found, e)
			}
			if len(errs) == 0 {
				text += chunk.Text + "\n"
			}
			ok = ok && len(errs) == 0
		}
		offset += len(chunk.Text)
	}
	return text, ok && text != ""
}

// chunkErrors keeps what was found in a statement, by all that it depends on.
var chunkErrors = map[string][]diagnostic{}

const maxChunks = 20_000

// parseChunk tells the errors of one statement below a header, with offsets in the statement.
func parseChunk(version int, header, text string) []diagnostic {
	if strings.TrimSpace(text) == "" {
		return nil
	}
	key := fmt.Sprintf("%d\x00%s\x00%s", version, header, text)
	if known, ok := chunkErrors[key]; ok {
		return known
	}
	if len(chunkErrors) >= maxChunks {
		clear(chunkErrors)
	}
	errs := []diagnostic{}
	parse(sourceFile{Path: stubFile, Text: header + text, Version: version}, &errs)
	end := len(strings.TrimRight(text, " \t\r\n"))
	for i := range errs {
		if errs[i].Offset < 0 {
			errs[i].Offset = 0
		} else {
			errs[i].Offset = max(0, errs[i].Offset-len(header))
		}
		if errs[i].Offset >= end { // the end of the file: what is missing is missing after the last sign
			errs[i].Offset, errs[i].Length = end-1, 1
		}
	}
	chunkErrors[key] = errs
	return errs
}

// blank keeps the places of what follows.
func blank(text string) string {
	out := []byte(text)
	for i, b := range out {
		if b != '\n' && b != '\r' {
			out[i] = ' '
		}
	}
	return string(out)
}

// stubRule parses a stub as a rule of a module, or gives nil.
func stubRule(m *ast.Module, text string) *ast.Rule {
	if text == "" {
		return nil
	}
	parsed, err := ast.ParseModuleWithOpts(stubFile, "package stub\n"+text, ast.ParserOptions{RegoVersion: ast.RegoV1})
	if err != nil || len(parsed.Rules) != 1 {
		return nil
	}
	rule := parsed.Rules[0]
	rule.Module = m
	return rule
}

// note tells errors, and puts stubs in place of the rules that they are in. It says whether there was any.
func (d *diagnosis) note(errs ast.Errors, round int) bool {
	again := false
	for _, e := range errs {
		found := diagnosticOf(e, "")
		if found.File == stubFile || d.follows(found, round) {
			continue
		}
		key := fmt.Sprintf("%s %d %s", found.File, found.Offset, found.Message)
		if !d.told[key] {
			d.told[key] = true
			d.found = append(d.found, found)
		}
		again = d.replace(found) || again
	}
	return again
}

// follows: the error may only be there because of one that is told.
func (d *diagnosis) follows(e diagnostic, round int) bool {
	if round > 0 && (strings.HasPrefix(e.Message, "conflicting rules") || strings.HasPrefix(e.Message, "multiple default")) {
		return true
	}
	if d.missing && strings.Contains(e.Message, "undefined function") {
		return true
	}
	pkg := ""
	if m := d.modules[e.File]; m != nil {
		pkg = m.Package.Path.String()
	}
	for _, name := range d.unsure {
		if name == pkg && (e.Code == ast.UnsafeVarErr || strings.Contains(e.Message, "undefined function")) {
			return true
		}
		if strings.Contains(e.Message, name) {
			return true
		}
	}
	return false
}

// replace puts a stub in place of the rule that an error is in.
func (d *diagnosis) replace(e diagnostic) bool {
	m := d.modules[e.File]
	if m == nil || e.Offset < 0 {
		return false
	}
	for i, rule := range m.Rules {
		loc := rule.Location
		if loc == nil || loc.File != e.File || e.Offset < loc.Offset || e.Offset >= loc.Offset+max(1, len(loc.Text)) {
			continue
		}
		copied := *m
		copied.Rules = append([]*ast.Rule{}, m.Rules[:i]...)
		if stub := stubRule(&copied, stubText(rule)); stub != nil && !rule.Default {
			copied.Rules = append(copied.Rules, stub)
		}
		copied.Rules = append(copied.Rules, m.Rules[i+1:]...)
		d.modules[e.File] = &copied
		return true
	}
	return false
}

// stubText spells a rule of the same name and kind whose value may be anything.
func stubText(rule *ast.Rule) string {
	ref := ast.Ref{}
	for i, part := range rule.Head.Ref() {
		if i > 0 && !part.IsGround() {
			part = ast.StringTerm("any")
		}
		ref = append(ref, part)
	}
	text := ref.String()
	if n := len(rule.Head.Args); n > 0 {
		text += "(" + strings.TrimSuffix(strings.Repeat("_, ", n), ", ") + ")"
	}
	if rule.Head.RuleKind() == ast.MultiValue {
		return text + " contains input"
	}
	return text + " := input"
}
