use super::*;

const ROLES: &str = r#"
Resources:
  Table: { Type: AWS::DynamoDB::Table }
  Keep:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument:
        Statement:
          - { Effect: Allow, Action: s3:PutObject, Resource: !Sub "${Pages.Arn}/*" }
  WriteRole:
    Type: AWS::IAM::Role
    Properties:
      ManagedPolicyArns: [!Ref Keep]
      Policies:
        - PolicyName: write
          PolicyDocument:
            Statement:
              - Effect: Allow
                Action: [dynamodb:PutItem, dynamodb:Query]
                Resource: [!GetAtt Table.Arn]
  Write:
    Type: AWS::Serverless::Function
    Properties: { Role: !GetAtt WriteRole.Arn }
"#;

const WRITTEN: &str = r#"
[Keep.may]
"s3:PutObject on ${Pages.Arn}/*" = ["shared/a/src/lib.rs put_object"]
[WriteRole]
policies = ["Keep"]
[WriteRole.may]
"dynamodb:PutItem on Table.Arn" = ["shared/a/src/lib.rs put_item"]
"dynamodb:Query on Table.Arn" = "somebody does it for us"
"#;

const SOURCE: &str = "client.put_item().table_name(t); client.put_object().bucket(b)";

fn found(template: &str, record: &str, source: &str) -> Vec<String> {
    let address = "url.query()";
    let tree = Tree::from([
        (TEMPLATE, template),
        (RECORD, record),
        ("shared/a/src/lib.rs", source),
        ("shared/a/src/address.rs", address),
    ]);
    check(&tree).into_iter().map(|finding| finding.sentence).collect()
}

#[test]
fn a_template_that_is_recorded_and_used_is_fine() {
    assert_eq!(found(ROLES, WRITTEN, SOURCE), [""; 0]);
}

#[test]
fn a_new_action_and_a_new_policy_are_surplus_until_they_are_recorded() {
    let wider = ROLES
        .replace("[dynamodb:PutItem, ", "[dynamodb:PutItem, dynamodb:Scan, ")
        .replace("[!Ref Keep]", "[!Ref Keep, !Ref All]");
    assert_eq!(
        found(&wider, WRITTEN, SOURCE),
        [
            "`WriteRole` has `All`, which infra/permissions.toml does not know",
            "`WriteRole` has `dynamodb:Scan on Table.Arn`, which infra/permissions.toml does not know"
        ]
    );
}

#[test]
fn what_is_recorded_must_be_granted_and_called() {
    let narrower = ROLES.replace("[dynamodb:PutItem, dynamodb:Query]", "dynamodb:PutItem");
    assert_eq!(
        found(&narrower, WRITTEN, "client.put_item().table_name(t)"),
        [
            "`WriteRole` does not have `dynamodb:Query on Table.Arn` in infra/template.yaml",
            "`Keep` has `s3:PutObject on ${Pages.Arn}/*` for `shared/a/src/lib.rs put_object`, which is not there"
        ]
    );
}

#[test]
fn a_permission_without_a_reason_is_named() {
    let silent = WRITTEN.replace("\"somebody does it for us\"", "[]");
    assert_eq!(found(ROLES, &silent, SOURCE), ["`WriteRole` has `dynamodb:Query on Table.Arn` for no reason"]);
}

#[test]
fn a_call_that_no_role_is_allowed_is_named() {
    let more = format!("{SOURCE}\nclient.delete_item().table_name(t)");
    assert_eq!(
        found(ROLES, WRITTEN, &more),
        ["no role in infra/permissions.toml is allowed anything for `shared/a/src/lib.rs delete_item`"]
    );
}

#[test]
fn functions_do_not_share_a_role() {
    let two = format!(
        "{ROLES}  Read:\n    Type: AWS::Serverless::Function\n    Properties: {{ Role: !GetAtt WriteRole.Arn }}\n"
    );
    assert_eq!(found(&two, WRITTEN, SOURCE), ["the functions `Write` and `Read` share `WriteRole`"]);
    let foreign = ROLES.replace("Role: !GetAtt WriteRole.Arn", "Role: !Ref Given");
    assert_eq!(found(&foreign, WRITTEN, SOURCE), ["the function `Write` has no role of this template"]);
}

#[test]
fn a_role_that_denies_is_not_what_this_reads() {
    let denying = ROLES.replace("- Effect: Allow", "- Effect: Deny");
    assert_eq!(found(&denying, WRITTEN, SOURCE), ["roles only allow; this one says \"Deny\""]);
}
