use jit_domain::connections;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ConnectionState {
    Inactive,
    Active,
}

#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Switch {
    On,
    #[default]
    Off,
}

/// What the groups attribute of a login does.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(tag = "state", rename_all = "snake_case", deny_unknown_fields)]
pub(crate) enum GroupSync {
    Off,
    On { rules: Vec<GroupRule> },
}

/// One value of the groups attribute and the group that it means here.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct GroupRule {
    value: String,
    #[schema(value_type = String)]
    group: jit_domain::ids::EndUserGroupId,
}

/// The names of the attributes that carry what; the first that is present wins.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AttributeMapping {
    display_name: Vec<String>,
    email: Vec<String>,
    groups: Vec<String>,
}

impl From<ConnectionState> for connections::ConnectionState {
    fn from(state: ConnectionState) -> Self {
        match state {
            ConnectionState::Inactive => Self::Inactive,
            ConnectionState::Active => Self::Active,
        }
    }
}

impl From<connections::Switch> for Switch {
    fn from(switch: connections::Switch) -> Self {
        match switch {
            connections::Switch::On => Self::On,
            connections::Switch::Off => Self::Off,
        }
    }
}

impl From<Switch> for connections::Switch {
    fn from(switch: Switch) -> Self {
        match switch {
            Switch::On => Self::On,
            Switch::Off => Self::Off,
        }
    }
}

impl From<connections::AttributeMapping> for AttributeMapping {
    fn from(mapping: connections::AttributeMapping) -> Self {
        Self {
            display_name: mapping.display_name,
            email: mapping.email,
            groups: mapping.groups,
        }
    }
}

impl From<AttributeMapping> for connections::AttributeMapping {
    fn from(mapping: AttributeMapping) -> Self {
        Self {
            display_name: mapping.display_name,
            email: mapping.email,
            groups: mapping.groups,
        }
    }
}

impl From<connections::GroupSync> for GroupSync {
    fn from(sync: connections::GroupSync) -> Self {
        let rule = |rule: connections::GroupRule| GroupRule {
            value: rule.value,
            group: rule.group,
        };
        match sync {
            connections::GroupSync::Off => Self::Off,
            connections::GroupSync::On(rules) => Self::On {
                rules: rules.into_iter().map(rule).collect(),
            },
        }
    }
}

impl From<GroupSync> for connections::GroupSync {
    fn from(sync: GroupSync) -> Self {
        let rule = |rule: GroupRule| connections::GroupRule {
            value: rule.value,
            group: rule.group,
        };
        match sync {
            GroupSync::Off => Self::Off,
            GroupSync::On { rules } => Self::On(rules.into_iter().map(rule).collect()),
        }
    }
}
