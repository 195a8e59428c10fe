package main

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
)

type setInfo struct {
	Digest     string          `json:"digest"`
	Rules      []ruleFact      `json:"rules"`
	Conditions []conditionInfo `json:"conditions"`
	Statements []placeInfo     `json:"statements"`
}

type ruleFact struct {
	Digest  string       `json:"digest"` // of all that the rule's value depends on, defaults included
	Reads   []string     `json:"reads"`
	Clauses []clauseFact `json:"clauses"`
}

type clauseFact struct {
	Digest   string   `json:"digest"`
	Reads    []string `json:"reads"`    // JSON Pointers below `input`; "" means all of it
	Builtins []string `json:"builtins"` // names, sorted
	Mentions []string `json:"mentions"` // texts that it names, sorted
}

// inspect tells of each set, rule and clause what it depends on, through every rule and function it uses.
func inspect(w *workspace, c *ast.Compiler, data map[string]any, sets []setSpec) ([]setInfo, []setSites) {
	ins := inspector{w: w, c: c, data: data, parsed: map[string]*ast.Rule{}, module: map[string]*ast.Module{}, own: map[*ast.Rule]*closure{}}
	for _, path := range w.paths {
		for _, rule := range w.modules[path].Rules {
			ins.parsed[placeOf(rule)] = rule
			ins.module[placeOf(rule)] = w.modules[path]
		}
	}
	out := make([]setInfo, 0, len(sets))
	sites := make([]setSites, 0, len(sets))
	for _, set := range sets {
		info := setInfo{Rules: []ruleFact{}}
		all := newClosure()
		for _, spec := range set.Rules {
			fact, whole := ins.rule(spec)
			info.Rules = append(info.Rules, fact)
			all.texts = append(all.texts, strings.Join(spec.Path, ".")+fact.Digest)
			maps.Copy(all.rules, whole.rules)
		}
		info.Digest = all.digest()
		own := newSetSites(w, set, all.rules)
		info.Conditions, info.Statements = own.describe(w.sites)
		out = append(out, info)
		sites = append(sites, own)
	}
	return out, sites
}

type inspector struct {
	w      *workspace
	c      *ast.Compiler
	data   map[string]any
	parsed map[string]*ast.Rule
	module map[string]*ast.Module
	own    map[*ast.Rule]*closure
}

func (ins *inspector) rule(spec ruleSpec) (ruleFact, *closure) {
	fact := ruleFact{Clauses: []clauseFact{}}
	whole := newClosure()
	compiled := ins.c.GetRules(dataRef(spec.Path))
	byPlace := map[string]*ast.Rule{}
	for _, rule := range compiled {
		byPlace[placeOf(rule)] = rule
		ins.follow(rule, whole)
	}
	for _, clause := range spec.Clauses {
		own := newClosure()
		if m := ins.w.modules[clause.File]; m != nil && clause.Rule < len(m.Rules) {
			if rule := byPlace[placeOf(m.Rules[clause.Rule])]; rule != nil {
				ins.follow(rule, own)
			}
		}
		fact.Clauses = append(fact.Clauses, clauseFact{
			Digest:   own.digest(),
			Reads:    own.readList(),
			Builtins: own.builtinList(),
			Mentions: own.mentionList(),
		})
	}
	fact.Reads = whole.readList()
	fact.Digest = whole.digest()
	return fact, whole
}

// placeOf tells a clause from every other by where it stands.
func placeOf(rule *ast.Rule) string {
	return fmt.Sprintf("%s:%d:%v", rule.Location.File, rule.Location.Offset, rule.Default)
}

// closure is all that something depends on.
type closure struct {
	rules    map[*ast.Rule]bool
	texts    []string
	reads    map[string]bool
	builtins map[string]bool
	mentions map[string]bool
	uses     []*ast.Rule // directly; of a rule's own alone
}

func newClosure() *closure {
	return &closure{
		rules:    map[*ast.Rule]bool{},
		reads:    map[string]bool{},
		builtins: map[string]bool{},
		mentions: map[string]bool{},
	}
}

// follow adds a rule and all it uses.
func (ins *inspector) follow(rule *ast.Rule, into *closure) {
	if into.rules[rule] {
		return
	}
	into.rules[rule] = true
	own := ins.ownOf(rule)
	into.texts = append(into.texts, own.texts...)
	maps.Copy(into.reads, own.reads)
	maps.Copy(into.builtins, own.builtins)
	maps.Copy(into.mentions, own.mentions)
	for _, dep := range own.uses {
		ins.follow(dep, into)
	}
}

// ownOf tells what a rule by itself depends on; many clauses share a helper, which is read once.
func (ins *inspector) ownOf(rule *ast.Rule) *closure {
	if own, ok := ins.own[rule]; ok {
		return own
	}
	own := newClosure()
	ins.own[rule] = own
	ins.addText(rule, own)
	ast.WalkExprs(rule, func(expr *ast.Expr) bool {
		if expr.IsCall() {
			own.builtins[expr.Operator().String()] = true
		}
		return false
	})
	ast.WalkRefs(rule, func(ref ast.Ref) bool {
		switch {
		case ref.HasPrefix(ast.InputRootRef):
			own.reads[inputPointer(ref)] = true
		case ref.HasPrefix(ast.DefaultRootRef):
			own.uses = append(own.uses, ins.c.GetRulesDynamicWithOpts(ref, ast.RulesOptions{IncludeHiddenModules: true})...)
			ins.addData(ref, own)
		}
		return false
	})
	return own
}

// addText adds the clause as it was written, with what its names mean; layout and comments change nothing.
func (ins *inspector) addText(rule *ast.Rule, into *closure) {
	place := placeOf(rule)
	parsed, ok := ins.parsed[place]
	if !ok {
		parsed = rule
	}
	into.mention(parsed)
	text := parsed.String()
	if m := ins.module[place]; m != nil {
		text += "\n" + m.Package.String()
		for _, imp := range m.Imports {
			text += "\n" + imp.String()
		}
		text += fmt.Sprintf("\n%v", m.RegoVersion())
	}
	into.texts = append(into.texts, text)
}

// addData adds the value of the deepest ground part of a reference into base data.
func (ins *inspector) addData(ref ast.Ref, into *closure) {
	var at any = ins.data
	path := "data"
	for _, term := range ref[1:] {
		key, ok := term.Value.(ast.String)
		object, isObject := at.(map[string]any)
		if !ok || !isObject {
			break
		}
		value, found := object[string(key)]
		if !found {
			return
		}
		at = value
		path += "/" + string(key)
	}
	if text, err := json.Marshal(at); err == nil {
		into.texts = append(into.texts, path+"="+string(text))
	}
	into.mentionData(at)
}

func (cl *closure) digest() string {
	texts := slices.Clone(cl.texts)
	slices.Sort(texts)
	texts = slices.Compact(texts)
	sum := sha256.Sum256([]byte(strings.Join(texts, "\x00")))
	return hex.EncodeToString(sum[:])
}

func (cl *closure) readList() []string {
	out := make([]string, 0, len(cl.reads))
	for pointer := range cl.reads {
		out = append(out, pointer)
	}
	slices.Sort(out)
	return out
}

func (cl *closure) builtinList() []string {
	out := make([]string, 0, len(cl.builtins))
	for name := range cl.builtins {
		if _, ok := ast.BuiltinMap[name]; ok {
			out = append(out, name)
		}
	}
	slices.Sort(out)
	return out
}

var pointerEscapes = strings.NewReplacer("~", "~0", "/", "~1")

func inputPointer(ref ast.Ref) string {
	var b strings.Builder
	for _, term := range ref[1:] {
		key, ok := term.Value.(ast.String)
		if !ok {
			break
		}
		b.WriteByte('/')
		b.WriteString(pointerEscapes.Replace(string(key)))
	}
	return b.String()
}
