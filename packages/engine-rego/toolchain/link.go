package main

import (
	"errors"
	"fmt"
	"slices"
	"strconv"

	"github.com/open-policy-agent/opa/v1/ast"
)

// What `link` adds lives below this package; OPA hides `data.system` from references that range over `data`.
//
//	data.system.benchbook.sI.rules     what set I decides from: an object of its rules' values
//	data.system.benchbook.sI.clauses.rJ  the clauses of rule J of set I that gave a value, by number
//	data.system.benchbook.kN.value     clause N alone
const ownPackage = "benchbook"

const clauseValue = "__value__"

// linkage is what a set decides from: the modules that it uses, with what `link` adds.
type linkage struct {
	compiler *ast.Compiler
	modules  map[string]*ast.Module
	queries  map[string]ast.Body
}

// linked compiles a set when something of it is first decided: the editor's diagnostics do without.
func (w *workspace) linked(set int) (*linkage, error) {
	if l, ok := w.links[set]; ok {
		return l, nil
	}
	if w.users == nil || set < 0 || set >= len(w.specs) {
		return nil, errors.New("not compiled")
	}
	modules := map[string]*ast.Module{}
	for _, path := range w.filesOf(w.specs[set]) {
		modules[path] = w.modules[path]
	}
	if err := link(w, modules, set); err != nil {
		return nil, err
	}
	c := newCompiler(w.store)
	c.Compile(modules)
	if c.Failed() {
		return nil, c.Errors
	}
	l := &linkage{compiler: c, modules: modules, queries: map[string]ast.Body{}}
	w.links[set] = l
	return l, nil
}

// linkedFor finds the set that an added reference (`data.system.benchbook.s1.rules`, `...k7.__value__`) is of.
func (w *workspace) linkedFor(ref string) (*linkage, error) {
	var kind byte
	var number int
	if _, err := fmt.Sscanf(ref, "data.system."+ownPackage+".%c%d", &kind, &number); err != nil {
		return nil, fmt.Errorf("%s: no reference of a set", ref)
	}
	if kind == 's' {
		return w.linked(number)
	}
	for set, spec := range w.specs {
		if number -= clauseCount(spec); number < 0 {
			return w.linked(set)
		}
	}
	return nil, fmt.Errorf("%s: no such clause", ref)
}

func clauseCount(set setSpec) int {
	count := 0
	for _, rule := range set.Rules {
		count += len(rule.Clauses)
	}
	return count
}

// filesOf lists the files that a set uses: those of its rules, and those of every rule that a rule in one of them
// refers to, since files compile as a whole.
func (w *workspace) filesOf(set setSpec) []string {
	seen := map[string]bool{}
	queue := []string{}
	add := func(rules []*ast.Rule) {
		for _, rule := range rules {
			if file := rule.Location.File; !seen[file] && w.modules[file] != nil {
				seen[file] = true
				queue = append(queue, file)
			}
		}
	}
	for _, rule := range set.Rules {
		add(w.users.GetRulesDynamicWithOpts(dataRef(rule.Path), ast.RulesOptions{IncludeHiddenModules: true}))
	}
	for i := 0; i < len(queue); i++ {
		ast.WalkRefs(w.users.Modules[queue[i]], func(ref ast.Ref) bool {
			if ref.HasPrefix(ast.DefaultRootRef) {
				add(w.users.GetRulesDynamicWithOpts(ref, ast.RulesOptions{IncludeHiddenModules: true}))
			}
			return false
		})
	}
	slices.Sort(queue)
	return queue
}

// link adds, beside the user's modules, what a decision and an observation of a set ask.
func link(w *workspace, modules map[string]*ast.Module, number int) error {
	globals := packageNames(w)
	next := 0
	for _, before := range w.specs[:number] {
		next += clauseCount(before)
	}
	rules := fmt.Sprintf("package system.%s.s%d\n", ownPackage, number)
	clauses := fmt.Sprintf("package system.%s.s%d.clauses\n", ownPackage, number)
	for j, rule := range w.specs[number].Rules {
		rules += fmt.Sprintf("rules[\"%d\"] := x if x := %s\n", j, dataRef(rule.Path))
		for k, clause := range rule.Clauses {
			m, err := cloneClause(w, globals, clause, next)
			if err != nil {
				return err
			}
			modules[fmt.Sprintf("/benchbook/k%d.rego", next)] = m
			clauses += fmt.Sprintf("r%d[\"%d\"] := x if x := data.system.%s.k%d.%s\n", j, k, ownPackage, next, clauseValue)
			next++
		}
	}
	for name, text := range map[string]string{"rules": rules, "clauses": clauses} {
		m, err := ast.ParseModuleWithOpts("/benchbook/"+name, text, ast.ParserOptions{RegoVersion: ast.RegoV1})
		if err != nil {
			return err
		}
		modules[fmt.Sprintf("/benchbook/s%d.%s.rego", number, name)] = m
	}
	return nil
}

// cloneClause copies one clause into a package of its own, so that its value can be asked for alone: the
// names of its package and its imports mean there what they mean at home.
func cloneClause(w *workspace, globals map[string][]string, clause clauseSpec, number int) (*ast.Module, error) {
	home := w.modules[clause.File]
	if home == nil || clause.Rule >= len(home.Rules) {
		return nil, fmt.Errorf("no clause %d in %s", clause.Rule, clause.File)
	}
	rule := home.Rules[clause.Rule].Copy()
	m := &ast.Module{Imports: slices.Clone(home.Imports), Rules: []*ast.Rule{rule}}
	m.SetRegoVersion(home.RegoVersion())
	rule.Module = m
	rule.Annotations = nil
	renameHead(rule)
	for e := rule.Else; e != nil; e = e.Else {
		e.Module = m
		renameHead(e)
	}
	m.Package = &ast.Package{
		Path:     parseRef("data.system." + ownPackage + ".k" + strconv.Itoa(number)),
		Location: home.Package.Location,
	}
	taken := map[string]bool{}
	for _, imp := range m.Imports {
		taken[string(imp.Name())] = true
	}
	used := map[string]bool{}
	ast.WalkVars(rule, func(v ast.Var) bool {
		used[string(v)] = true
		return false
	})
	for _, name := range globals[home.Package.Path.String()] {
		if used[name] && !taken[name] {
			path := home.Package.Path.Append(ast.StringTerm(name))
			m.Imports = append(m.Imports, &ast.Import{
				Path:     ast.NewTerm(path).SetLocation(home.Package.Location),
				Alias:    ast.Var(name),
				Location: home.Package.Location,
			})
		}
	}
	return m, nil
}

func renameHead(rule *ast.Rule) {
	head := rule.Head
	multi := head.RuleKind() == ast.MultiValue
	head.Name = ast.Var(clauseValue)
	head.Reference = ast.Ref{ast.VarTerm(clauseValue).SetLocation(head.Location)}
	if !multi {
		head.Key = nil
	}
}

// packageNames lists, per package, the first names of its rules over all files.
func packageNames(w *workspace) map[string][]string {
	out := map[string][]string{}
	seen := map[string]bool{}
	for _, path := range w.paths {
		m := w.modules[path]
		pkg := m.Package.Path.String()
		for _, rule := range m.Rules {
			name := string(rule.Head.Ref()[0].Value.(ast.Var))
			if key := pkg + "\n" + name; !seen[key] {
				seen[key] = true
				out[pkg] = append(out[pkg], name)
			}
		}
	}
	return out
}

func dataRef(path []string) ast.Ref {
	ref := ast.Ref{ast.DefaultRootDocument}
	for _, part := range path {
		ref = append(ref, ast.StringTerm(part))
	}
	return ref
}

func parseRef(text string) ast.Ref {
	return ast.MustParseRef(text)
}
