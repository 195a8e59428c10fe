package main

import opa "github.com/open-policy-agent/opa/v1/version"

type versionResult struct {
	OPA string `json:"opa"`
}

func version(struct{}) (versionResult, error) {
	return versionResult{OPA: opa.Version}, nil
}
