package main

import (
	"fmt"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/storage"
)

// workspace is what one handle stands for: the modules as parsed, and after `compile` all that decides.
type workspace struct {
	modules  map[string]*ast.Module
	sources  map[string]string // version and text of each module, to reuse what did not change
	paths    []string          // sorted
	specs    []setSpec
	links    map[int]*linkage // by set, made when something of it is first decided
	data     map[string]any
	store    storage.Store
	users    *ast.Compiler // the modules as the user wrote them, alone
	sites    *siteTable
	sets     []setSites
	covering *covering // made when it is first asked for
	tests    *testSuite
}

var workspaces = map[int]*workspace{}

func workspaceOf(handle int) (*workspace, error) {
	if w, ok := workspaces[handle]; ok {
		return w, nil
	}
	return nil, fmt.Errorf("unknown handle %d", handle)
}

type releaseParams struct {
	Handle int `json:"handle"`
}

func release(p releaseParams) (struct{}, error) {
	delete(workspaces, p.Handle)
	return struct{}{}, nil
}
