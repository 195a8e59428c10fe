package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/storage"
	"github.com/open-policy-agent/opa/v1/tester"
)

// testSuite is the tests of a handle, compiled together with its policies as `opa test` does.
type testSuite struct {
	compiler *ast.Compiler
	source   *traceMap
	cases    []testCase
}

type testCase struct {
	info  testInfo
	rule  *ast.Rule // compiled
	query ast.Body
}

type testInfo struct {
	Name string `json:"name"` // `data.desk.test_refund`
	placeInfo
	Skip bool `json:"skip"`
}

type loadTestsParams struct {
	Handle int          `json:"handle"`
	Files  []sourceFile `json:"files"`
}

type loadTestsResult struct {
	Tests  []testInfo   `json:"tests"`  // by file and place
	Broken []diagnostic `json:"broken"` // of each file that does not load, the first error
}

// loadTests readies test files; those that do not parse or compile are told and left out.
func loadTests(p loadTestsParams) (loadTestsResult, error) {
	w, err := workspaceOf(p.Handle)
	if err != nil {
		return loadTestsResult{}, err
	}
	if w.users == nil {
		return loadTestsResult{}, errors.New("not compiled")
	}
	result := loadTestsResult{Tests: []testInfo{}, Broken: []diagnostic{}}
	tests := map[string]*ast.Module{}
	for _, f := range p.Files {
		found := []diagnostic{}
		if m := parse(f, &found); m != nil {
			tests[f.Path] = m
		} else if len(found) > 0 {
			result.Broken = append(result.Broken, found[0])
		}
	}
	w.tests = nil
	for {
		c, errs := compileTests(w, tests)
		if errs == nil {
			w.tests, err = newTestSuite(w, c, tests)
			break
		}
		bad := brokenBy(errs, tests)
		if len(bad) == 0 { // no file is at fault alone
			for path := range tests {
				d := diagnosticsOf(errs, path)[0]
				d.File, d.Offset = path, -1
				bad = append(bad, d)
			}
		}
		for _, d := range bad {
			delete(tests, d.File)
		}
		result.Broken = append(result.Broken, bad...)
	}
	if err != nil {
		return result, err
	}
	slices.SortFunc(result.Broken, func(a, b diagnostic) int { return cmp.Compare(a.File, b.File) })
	for _, one := range w.tests.cases {
		result.Tests = append(result.Tests, one.info)
	}
	return result, nil
}

// compileTests has OPA's test runner compile; it is given nothing to run, since it counts time instead of steps.
func compileTests(w *workspace, tests map[string]*ast.Module) (*ast.Compiler, error) {
	modules := maps.Clone(w.modules)
	maps.Copy(modules, tests)
	c := newCompiler(w.store).WithEnablePrintStatements(true)
	ctx := context.Background()
	txn, err := w.store.NewTransaction(ctx, storage.TransactionParams{})
	if err != nil {
		return nil, err
	}
	defer w.store.Abort(ctx, txn)
	nowhere := dataRef([]string{"system", ownPackage, "no tests"})
	done, err := tester.NewRunner().
		SetCompiler(c).
		SetStore(w.store).
		SetModules(modules).
		SetPrefixMatchers(nowhere).
		SetParallel(1).
		RunTests(ctx, txn)
	if err != nil {
		return nil, err
	}
	for range done {
	}
	return c, nil
}

// brokenBy gives the first error of each test file that has one.
func brokenBy(err error, tests map[string]*ast.Module) []diagnostic {
	out := []diagnostic{}
	seen := map[string]bool{}
	for _, d := range diagnosticsOf(err, "") {
		if tests[d.File] != nil && !seen[d.File] {
			seen[d.File] = true
			out = append(out, d)
		}
	}
	return out
}

func newTestSuite(w *workspace, c *ast.Compiler, tests map[string]*ast.Module) (*testSuite, error) {
	modules := maps.Clone(w.modules)
	maps.Copy(modules, tests)
	// The policies come first: their sites have the numbers that the sets know.
	paths := slices.Concat(w.paths, slices.Sorted(maps.Keys(tests)))
	suite := &testSuite{compiler: c, source: newTraceMap(newSiteTable(paths, modules), c)}
	written := map[string]*ast.Rule{}
	for _, m := range modules {
		for _, rule := range m.Rules {
			written[placeOf(rule)] = rule
		}
	}
	for _, m := range c.Modules {
		for _, rule := range m.Rules {
			depth, skip := testDepth(rule.Head.Ref())
			source := written[placeOf(rule)]
			if depth == 0 || source == nil || rule.Default {
				continue
			}
			ref := m.Package.Path.Extend(rule.Head.Ref()[:depth])
			asked := ast.Equality.Expr(ast.VarTerm(resultVar), ast.NewTerm(ref))
			query, err := c.QueryCompiler().Compile(ast.NewBody(asked))
			if err != nil {
				return nil, err
			}
			loc := source.Location
			suite.cases = append(suite.cases, testCase{
				info: testInfo{
					Name:      m.Package.Path.Extend(source.Head.Ref()[:depth]).String(),
					placeInfo: placeInfo{loc.File, loc.Offset, len(loc.Text)},
					Skip:      skip,
				},
				rule:  rule,
				query: query,
			})
		}
	}
	slices.SortFunc(suite.cases, func(a, b testCase) int {
		return cmp.Or(cmp.Compare(a.info.File, b.info.File), cmp.Compare(a.info.Offset, b.info.Offset))
	})
	numberRepeats(suite.cases)
	return suite, nil
}

// testDepth counts the parts of a reference up to the one that makes it a test; 0 where none does.
func testDepth(ref ast.Ref) (int, bool) {
	for i, term := range ref.GroundPrefix() {
		name := ""
		switch v := term.Value.(type) {
		case ast.Var:
			name = string(v)
		case ast.String:
			name = string(v)
		}
		if strings.HasPrefix(name, tester.TestPrefix) {
			return i + 1, false
		}
		if strings.HasPrefix(name, tester.SkipTestPrefix) {
			return i + 1, true
		}
	}
	return 0, false
}

// numberRepeats tells tests of one name apart, as OPA does, but in the order of their places.
func numberRepeats(cases []testCase) {
	count := map[string]int{}
	for i := range cases {
		name := cases[i].info.Name
		if n := count[name]; n > 0 {
			cases[i].info.Name = fmt.Sprintf("%s#%02d", name, n)
		}
		count[name]++
	}
}
