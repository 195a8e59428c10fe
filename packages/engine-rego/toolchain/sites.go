package main

import (
	"cmp"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
)

// site is a place of a source file that a request exercises or not: a condition (a body expression that can be
// false), or a statement (a rule head, or an expression that cannot be false).
type site struct {
	file       string
	offset     int
	length     int
	row        int
	statement  bool
	comparison *comparison
}

// siteTable holds every site of a group of modules. Parsed modules alone tell it.
type siteTable struct {
	sites   []site
	known   map[siteKey]int
	regions map[string][]region // by file, by place
	rules   map[string]*ruleSites
	order   []string // places of clauses, in the order of `rules[].number`
}

type siteKey struct {
	file           string
	offset, length int
	statement      bool
}

// region is the extent of a source expression. Negations have theirs with the `not`; their site is without.
type region struct {
	start, end int
	site       int
	inverse    bool // the expression holds where its site does not
	text       string
	parent     int // the region around it, or -1
}

// ruleSites are the sites of one clause with its else branches.
type ruleSites struct {
	number int
	heads  []int // of the clause and of each else
	all    []int
	body   []region // the expressions of the clause's own body
}

func newSiteTable(paths []string, modules map[string]*ast.Module) *siteTable {
	t := &siteTable{known: map[siteKey]int{}, regions: map[string][]region{}, rules: map[string]*ruleSites{}}
	for _, path := range paths {
		m := modules[path]
		walk := siteWalk{table: t, file: path, aliases: inputAliases(m)}
		for _, rule := range m.Rules {
			walk.clause(rule)
		}
		t.regions[path] = nested(walk.regions)
	}
	return t
}

func (t *siteTable) add(s site) int {
	key := siteKey{s.file, s.offset, s.length, s.statement}
	if i, ok := t.known[key]; ok {
		return i
	}
	t.known[key] = len(t.sites)
	t.sites = append(t.sites, s)
	return len(t.sites) - 1
}

type siteWalk struct {
	table   *siteTable
	file    string
	aliases map[ast.Var]ast.Ref
	regions []region
	into    *ruleSites
}

func (w *siteWalk) clause(rule *ast.Rule) {
	place := placeOf(rule)
	w.into = w.table.rules[place]
	if w.into == nil {
		w.into = &ruleSites{number: len(w.table.order)}
		w.table.rules[place] = w.into
		w.table.order = append(w.table.order, place)
	}
	outside := w.aliases
	defer func() { w.aliases = outside }()
	w.aliases = hide(outside, rule.Head.Args)
	for r := rule; r != nil; r = r.Else {
		head := -1
		if loc := r.Head.Location; loc != nil && loc.File != "" {
			head = w.note(site{file: w.file, offset: loc.Offset, length: headLength(loc), row: loc.Row, statement: true})
		}
		w.into.heads = append(w.into.heads, head)
		nestedBodies(r.Head, w.body)
		if !r.Default { // its body is not written
			before := len(w.regions)
			w.body(r.Body)
			if r == rule {
				w.into.body = slices.Clone(w.regions[before:])
			}
		}
	}
}

func (w *siteWalk) note(s site) int {
	i := w.table.add(s)
	w.into.all = append(w.into.all, i)
	return i
}

func (w *siteWalk) body(body ast.Body) {
	outside := w.aliases
	defer func() { w.aliases = outside }()
	w.aliases = inputNames(outside, body)
	for _, expr := range body {
		if loc := expr.Location; loc != nil && len(loc.Text) > 0 {
			w.expr(expr, loc)
		}
		nestedBodies(expr, func(inner ast.Body) {
			if not, ok := expr.Terms.(*ast.Not); !ok || not.ExplicitBody || &inner[0] != &not.Body[0] {
				w.body(inner)
				return
			}
			// Its one expression has the place of the whole: only what stands deeper is a site of its own.
			for _, e := range inner {
				nestedBodies(e, w.body)
			}
		})
	}
}

func (w *siteWalk) expr(expr *ast.Expr, loc *ast.Location) {
	if declaresOnly(expr) {
		return
	}
	not, isNot := expr.Terms.(*ast.Not)
	if isNot && not.ExplicitBody && len(not.Body) == 1 {
		return
	}
	s := site{file: w.file, offset: loc.Offset, length: len(loc.Text), row: loc.Row}
	inverse := expr.Negated || isNot
	if inverse {
		skipped := negationLength(string(loc.Text))
		s.offset, s.length = s.offset+skipped, s.length-skipped
	}
	s.statement = !inverse && neverFalse(expr)
	if !s.statement {
		s.comparison = compared(w.aliases, expr)
	}
	start, end := extent(expr, loc)
	w.regions = append(w.regions, region{start: start, end: end, site: w.note(s), inverse: inverse, text: string(loc.Text)})
}

// headLength is the length of a head without white space at its end.
func headLength(loc *ast.Location) int {
	return len(strings.TrimRight(string(loc.Text), " \t\r\n"))
}

// negationLength counts the `not` before an expression, and the white space after it.
func negationLength(text string) int {
	rest, ok := strings.CutPrefix(text, "not")
	if !ok {
		return 0
	}
	return len(text) - len(strings.TrimLeft(rest, " \t\r\n"))
}

// extent of an expression with all that is written in it, its `with` included.
func extent(expr *ast.Expr, loc *ast.Location) (int, int) {
	start, end := loc.Offset, loc.Offset+len(loc.Text)
	for _, with := range expr.With {
		ast.WalkTerms(with.Value, func(t *ast.Term) bool {
			if l := t.Location; l != nil && l.File == loc.File && l.Offset >= start {
				end = max(end, l.Offset+len(l.Text))
			}
			return false
		})
	}
	return start, end
}

// declaresOnly: `some x` without `in`; it says nothing that could hold.
func declaresOnly(expr *ast.Expr) bool {
	decl, ok := expr.Terms.(*ast.SomeDecl)
	if !ok {
		return false
	}
	for _, symbol := range decl.Symbols {
		if _, ok := symbol.Value.(ast.Call); ok {
			return false
		}
	}
	return true
}

// neverFalse: a literal that is not `false`, print, or the assignment of what is always defined to one name.
func neverFalse(expr *ast.Expr) bool {
	if len(expr.With) > 0 {
		return false
	}
	switch terms := expr.Terms.(type) {
	case *ast.Term:
		return alwaysDefined(terms) && !ast.Boolean(false).Equal(terms.Value)
	case []*ast.Term:
		if name := expr.Operator().String(); name == ast.Print.Name {
			return true
		} else if name == ast.Assign.Name && len(terms) == 3 {
			_, fresh := terms[1].Value.(ast.Var)
			return fresh && alwaysDefined(terms[2])
		}
	}
	return false
}

func alwaysDefined(t *ast.Term) bool {
	defined := true
	ast.WalkTerms(t, func(part *ast.Term) bool {
		switch part.Value.(type) {
		case ast.Null, ast.Boolean, ast.Number, ast.String, *ast.Array, ast.Object, ast.Set:
			return false
		case *ast.ArrayComprehension, *ast.SetComprehension, *ast.ObjectComprehension:
			return true
		}
		defined = false
		return true
	})
	return defined
}

// nestedBodies calls fn for each body directly under a node: of comprehensions, `every`, `not` and operands.
func nestedBodies(node any, fn func(ast.Body)) {
	ast.NewGenericVisitor(func(x any) bool {
		if body, ok := x.(ast.Body); ok {
			fn(body)
			return true
		}
		return false
	}).Walk(node)
}

// nested sorts regions by place and finds for each the one around it.
func nested(regions []region) []region {
	slices.SortStableFunc(regions, func(a, b region) int {
		return cmp.Or(cmp.Compare(a.start, b.start), cmp.Compare(b.end, a.end))
	})
	around := -1
	for i := range regions {
		for around >= 0 && regions[around].end < regions[i].end {
			around = regions[around].parent
		}
		regions[i].parent = around
		around = i
	}
	return regions
}

// at finds the innermost region of a file that holds a location, or nil.
func (t *siteTable) at(loc *ast.Location) *region {
	if loc == nil {
		return nil
	}
	list := t.regions[loc.File]
	i, found := slices.BinarySearchFunc(list, loc.Offset, func(r region, at int) int {
		if r.start <= at {
			return -1
		}
		return 1
	})
	_ = found
	for i--; i >= 0; i = list[i].parent {
		if list[i].end >= loc.Offset+len(loc.Text) && list[i].end > loc.Offset {
			return &list[i]
		}
	}
	return nil
}
