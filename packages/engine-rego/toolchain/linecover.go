package main

import (
	"errors"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/cover"
	"github.com/open-policy-agent/opa/v1/topdown"
)

// linesParams asks what OPA's own coverage says: of a set on requests, or of all tests that `tests` readied.
type linesParams struct {
	Handle int   `json:"handle"`
	Set    int   `json:"set"`
	Rows   []row `json:"rows"`
	Tests  bool  `json:"tests"`
	Budget int   `json:"budget"`
}

// lineRanges are first and last rows of what is covered in a file, and of what is not.
type lineRanges struct {
	Covered    [][2]int `json:"covered"`
	NotCovered [][2]int `json:"notCovered"`
}

// lines runs OPA's own coverage, by which ours is held in tests, with the shortcuts off as ours has them.
func lines(p linesParams) (map[string]lineRanges, error) {
	w, err := workspaceOf(p.Handle)
	if err != nil {
		return nil, err
	}
	if w.users == nil || p.Tests && w.tests == nil || p.Set >= len(w.sets) {
		return nil, errors.New("not compiled")
	}
	own := cover.New()
	run := func(c *ast.Compiler, query ast.Body, r row) error {
		_, err := w.run(c, query, r, p.Budget, func(q *topdown.Query) {
			q.WithQueryTracer(own).WithIndexing(false).WithEarlyExit(false)
		}, func(topdown.QueryResult) error { return nil })
		return err
	}
	if p.Tests {
		for _, one := range w.tests.cases {
			if err := run(w.tests.compiler, one.query, row{}); !one.info.Skip && err != nil {
				return nil, err
			}
		}
	} else {
		cov := w.coverWith()
		query, err := cov.query(p.Set, w.sets[p.Set].refs)
		if err != nil {
			return nil, err
		}
		for _, r := range p.Rows {
			if err := run(cov.compiler, query, r); err != nil {
				return nil, err
			}
		}
	}
	out := map[string]lineRanges{}
	for file, report := range own.Report(w.modules).Files {
		out[file] = lineRanges{Covered: rows(report.Covered), NotCovered: rows(report.NotCovered)}
	}
	return out, nil
}

func rows(ranges []cover.Range) [][2]int {
	out := make([][2]int, 0, len(ranges))
	for _, r := range ranges {
		out = append(out, [2]int{r.Start.Row, r.End.Row})
	}
	return out
}
