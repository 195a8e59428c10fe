// Package main is the Rego toolchain: a thin layer over OPA's own packages that runs as a WASI reactor.
// The host writes a JSON request into memory from `alloc`, calls `call`, and reads the JSON response.
package main

import (
	"encoding/json"
	"fmt"

	"github.com/open-policy-agent/opa/v1/util"
)

func main() {}

// request is what the host sends; params belong to the method.
type request struct {
	Method string          `json:"method"`
	Params json.RawMessage `json:"params"`
}

// response holds a result, or the message of an error that is the host's fault (an unknown handle) or a bug.
type response struct {
	Result any    `json:"result,omitempty"`
	Error  string `json:"error,omitempty"`
}

type method func(params json.RawMessage) (any, error)

var methods = map[string]method{
	"version":  typed(version),
	"load":     typed(load),
	"compile":  typed(compileHandle),
	"plan":     typed(planHandle),
	"decide":   typed(decideRows),
	"cover":    typed(coverRow),
	"check":    typed(checkFiles),
	"diagnose": typed(diagnose),
	"builtins": typed(builtinDocs),
	"types":    typed(ruleTypes),
	"data":     typed(mountedData),
	"tests":    typed(loadTests),
	"test":     typed(runTest),
	"lines":    typed(lines),
	"query":    typed(runQuery),
	"format":   typed(formatFile),
	"release":  typed(release),
}

func typed[P any, R any](fn func(P) (R, error)) method {
	return func(params json.RawMessage) (any, error) {
		var p P
		if len(params) > 0 {
			if err := util.UnmarshalJSON(params, &p); err != nil {
				return nil, err
			}
		}
		return fn(p)
	}
}

// dispatch answers one request. A panic of OPA is an error of that request, not the end of the module.
func dispatch(text []byte) (out []byte) {
	defer func() {
		if p := recover(); p != nil {
			out, _ = json.Marshal(response{Error: fmt.Sprintf("internal error: %v", p)})
		}
	}()
	var req request
	if err := json.Unmarshal(text, &req); err != nil {
		return failed(err)
	}
	fn, ok := methods[req.Method]
	if !ok {
		return failed(fmt.Errorf("unknown method %q", req.Method))
	}
	result, err := fn(req.Params)
	if err != nil {
		return failed(err)
	}
	encoded, err := encodeJSON(response{Result: result})
	if err != nil {
		return failed(err)
	}
	return encoded
}

func failed(err error) []byte {
	out, _ := json.Marshal(response{Error: err.Error()})
	return out
}
