package main

import (
	"slices"
	"strconv"

	"github.com/open-policy-agent/opa/v1/ast"
)

type sourceFile struct {
	Path    string `json:"path"`
	Text    string `json:"text"`
	Version int    `json:"version"`
}

type loadParams struct {
	Handle int          `json:"handle"`
	From   int          `json:"from"` // a handle whose unchanged modules are taken over
	Files  []sourceFile `json:"files"`
}

type loadResult struct {
	Diagnostics []diagnostic `json:"diagnostics"`
	Modules     []moduleInfo `json:"modules"`
}

// load parses files into a handle; what did not change since another load is taken over. Every file that parses
// is described, and every one that does not has its errors told.
func load(p loadParams) (loadResult, error) {
	old := workspaces[p.From]
	w := &workspace{modules: map[string]*ast.Module{}, sources: map[string]string{}}
	result := loadResult{Diagnostics: []diagnostic{}, Modules: []moduleInfo{}}
	for _, f := range p.Files {
		source := strconv.Itoa(f.Version) + "\n" + f.Text
		if old != nil && old.modules[f.Path] != nil && old.sources[f.Path] == source {
			w.modules[f.Path] = old.modules[f.Path]
		} else if m := parse(f, &result.Diagnostics); m != nil {
			w.modules[f.Path] = m
		} else {
			continue
		}
		w.sources[f.Path] = source
		w.paths = append(w.paths, f.Path)
	}
	slices.Sort(w.paths)
	workspaces[p.Handle] = w

	list := make([]*ast.Module, 0, len(w.paths))
	for _, path := range w.paths {
		list = append(list, w.modules[path])
	}
	annotations, errs := ast.BuildAnnotationSet(list)
	if len(errs) > 0 {
		result.Diagnostics = append(result.Diagnostics, diagnosticsOf(errs, "")...)
	}
	for _, path := range w.paths {
		result.Modules = append(result.Modules, describe(path, w.modules[path], annotations))
	}
	return result, nil
}

func parse(f sourceFile, diagnostics *[]diagnostic) *ast.Module {
	opts := ast.ParserOptions{RegoVersion: regoVersion(f.Version), ProcessAnnotation: true}
	m, err := ast.ParseModuleWithOpts(f.Path, f.Text, opts)
	if err != nil {
		*diagnostics = append(*diagnostics, diagnosticsOf(err, f.Path)...)
		return nil
	}
	if m == nil { // an empty file
		return nil
	}
	return m
}

type checkParams struct {
	Files []sourceFile `json:"files"`
}

// checkFiles tells the errors of files that do not parse.
func checkFiles(p checkParams) ([]diagnostic, error) {
	out := []diagnostic{}
	for _, f := range p.Files {
		parse(f, &out)
	}
	return out, nil
}
