package main

import (
	"fmt"

	"github.com/open-policy-agent/opa/v1/util"
)

// dataFile mounts its value at a path of `data`, as `opa -b` does with `data.json` in a folder.
type dataFile struct {
	Path  string   `json:"path"`
	Mount []string `json:"mount"`
	Text  string   `json:"text"`
}

// mountData merges data files; a file that does not parse or contradicts another is told and left out.
func mountData(files []dataFile) (map[string]any, []diagnostic) {
	root := map[string]any{}
	out := []diagnostic{}
	for _, f := range files {
		var value any
		if err := util.Unmarshal([]byte(f.Text), &value); err != nil {
			out = append(out, diagnostic{Code: "rego_data_error", Message: err.Error(), File: f.Path, Offset: -1})
			continue
		}
		if err := mount(root, f.Mount, value); err != nil {
			out = append(out, diagnostic{Code: "rego_data_error", Message: err.Error(), File: f.Path, Offset: -1})
		}
	}
	return root, out
}

func mount(root map[string]any, path []string, value any) error {
	if len(path) == 0 {
		object, ok := value.(map[string]any)
		if !ok {
			return fmt.Errorf("data at the root must be an object")
		}
		return merge(root, object, "data")
	}
	if len(path) == 1 {
		return merge(root, map[string]any{path[0]: value}, "data")
	}
	next, ok := root[path[0]]
	if !ok {
		next = map[string]any{}
		root[path[0]] = next
	}
	object, ok := next.(map[string]any)
	if !ok {
		return fmt.Errorf("data.%s is already a value", path[0])
	}
	return mount(object, path[1:], value)
}

func merge(into, from map[string]any, at string) error {
	for key, value := range from {
		old, ok := into[key]
		if !ok {
			into[key] = value
			continue
		}
		a, aok := old.(map[string]any)
		b, bok := value.(map[string]any)
		if !aok || !bok {
			return fmt.Errorf("%s.%s is set by another data file too", at, key)
		}
		if err := merge(a, b, at+"."+key); err != nil {
			return err
		}
	}
	return nil
}
